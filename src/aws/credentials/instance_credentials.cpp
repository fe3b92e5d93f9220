#include "aws/credentials/instance_credentials.hpp"

#include <fmt/format.h>

#include "aws/credentials/credentials_document.hpp"
#include "http/message.hpp"

namespace dsdash::aws {

namespace {

constexpr std::string_view kOrigin = "http://169.254.169.254";
constexpr std::string_view kOriginIpv6 = "http://[fd00:ec2::254]";
constexpr std::string_view kRoles = "/latest/meta-data/iam/security-credentials/";
constexpr std::string_view kTokenTtlSeconds = "21600";

}  // namespace

std::optional<InstanceCredentials> InstanceCredentials::find(const Environment& environment) {
    const auto disabled = environment("AWS_EC2_METADATA_DISABLED").value_or("");
    if (http::equals_ignoring_case(disabled, "true")) {
        return std::nullopt;
    }
    const auto mode = environment("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE").value_or("");
    auto origin = environment("AWS_EC2_METADATA_SERVICE_ENDPOINT")
                      .value_or(std::string(http::equals_ignoring_case(mode, "IPv6") ? kOriginIpv6
                                                                                     : kOrigin));
    return InstanceCredentials(std::move(origin));
}

Result<std::string> InstanceCredentials::ask(const http::Request& request, Deadline deadline) {
    const auto end = std::min(deadline, std::chrono::steady_clock::now() + kTimeMax);
    auto response = client_.send(origin_, request, end);
    if (!response) {
        return fail(ErrorKind::not_found,
                    fmt::format("no instance metadata service: {}", response.error().message));
    }
    if (response->status == 404) {
        return fail(ErrorKind::not_found, "the instance has no role");
    }
    if (response->status != 200) {
        return fail(response->status / 100 == 5 ? ErrorKind::internal : ErrorKind::denied,
                    fmt::format("the instance metadata service answered HTTP {} to {}",
                                response->status, request.target));
    }
    return std::move(response->body);
}

Result<std::string> InstanceCredentials::get(const std::string& target, const std::string& token,
                                             Deadline deadline) {
    http::Request request;
    request.target = target;
    request.headers.add("X-aws-ec2-metadata-token", token);
    return ask(request, deadline);
}

Result<Credentials> InstanceCredentials::fetch(TimePoint, Deadline deadline) {
    http::Request session;
    session.method = "PUT";
    session.target = "/latest/api/token";
    session.headers.add("X-aws-ec2-metadata-token-ttl-seconds", std::string(kTokenTtlSeconds));
    const auto token = ask(session, deadline);
    if (!token) {
        return std::unexpected(token.error());
    }
    const auto roles = get(std::string(kRoles), *token, deadline);
    if (!roles) {
        return std::unexpected(roles.error());
    }
    const auto role = roles->substr(0, roles->find_first_of("\r\n"));  // one a line
    if (role.empty()) {
        return fail(ErrorKind::not_found, "the instance has no role");
    }
    const auto document = get(fmt::format("{}{}", kRoles, role), *token, deadline);
    if (!document) {
        return std::unexpected(document.error());
    }
    return parse_credentials_document(*document);
}

}  // namespace dsdash::aws
