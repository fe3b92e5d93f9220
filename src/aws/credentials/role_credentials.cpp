#include "aws/credentials/role_credentials.hpp"

#include <fmt/format.h>

#include "aws/credentials/secret_file.hpp"

namespace dsdash::aws {

namespace {

StsClient::Parameters parameters_of(const RoleSession& session, TimePoint now) {
    const auto made_up = fmt::format("dsdash-{}", now.time_since_epoch().count());
    StsClient::Parameters parameters{
        {"RoleArn", session.role_arn},
        {"RoleSessionName", session.session_name.empty() ? made_up : session.session_name}};
    if (!session.external_id.empty()) {
        parameters.emplace_back("ExternalId", session.external_id);
    }
    if (!session.duration_s.empty()) {
        parameters.emplace_back("DurationSeconds", session.duration_s);
    }
    return parameters;
}

}  // namespace

Result<Credentials> AssumedRoleCredentials::fetch(TimePoint now, Deadline deadline) {
    const auto source = source_->fetch(now, deadline);
    if (!source) {
        return source;
    }
    auto role =
        sts_.get_credentials("AssumeRole", parameters_of(session_, now), &*source, now, deadline);
    if (!role && role.error().code.starts_with("ExpiredToken")) {
        source_->forget(*source);
    }
    return role;
}

Result<Credentials> WebIdentityCredentials::fetch(TimePoint now, Deadline deadline) {
    auto token = read_secret_file(token_file_);
    if (!token) {
        return std::unexpected(std::move(token.error()));
    }
    auto parameters = parameters_of(session_, now);
    parameters.emplace_back("WebIdentityToken", std::move(*token));
    return sts_.get_credentials("AssumeRoleWithWebIdentity", parameters, nullptr, now, deadline);
}

}  // namespace dsdash::aws
