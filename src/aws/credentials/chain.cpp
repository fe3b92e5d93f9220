#include "aws/credentials/chain.hpp"

#include <fmt/format.h>

#include "aws/credentials/cached_credentials.hpp"
#include "aws/credentials/container_credentials.hpp"
#include "aws/credentials/environment_credentials.hpp"
#include "aws/credentials/instance_credentials.hpp"
#include "aws/credentials/profile_credentials.hpp"
#include "aws/credentials/role_credentials.hpp"

namespace dsdash::aws {

namespace {

using Provider = std::unique_ptr<CredentialsProvider>;

Provider cached(Provider source) {
    return std::make_unique<CachedCredentials>(std::move(source));
}

/// AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN, as EKS sets them for service accounts.
Provider find_web_identity(const Environment& environment, const StsEndpoint& sts) {
    const auto token_file = environment("AWS_WEB_IDENTITY_TOKEN_FILE");
    const auto role = environment("AWS_ROLE_ARN");
    if (!token_file || !role) {
        return nullptr;
    }
    RoleSession session{*role, environment("AWS_ROLE_SESSION_NAME").value_or(""), "", ""};
    return cached(std::make_unique<WebIdentityCredentials>(std::move(session), *token_file, sts));
}

Result<Provider> find_host_credentials(const CredentialsSearch& search) {
    auto container = ContainerCredentials::find(search.environment);
    if (!container) {
        return std::unexpected(std::move(container.error()));
    }
    if (*container) {
        return cached(std::make_unique<ContainerCredentials>(std::move(**container)));
    }
    if (auto instance = InstanceCredentials::find(search.environment)) {
        return cached(std::make_unique<InstanceCredentials>(std::move(*instance)));
    }
    return fail(ErrorKind::not_found,
                fmt::format("no credentials in the environment, for profile '{}' in {} and {}, or "
                            "beside a container; the instance's are disabled",
                            search.profile, search.files.credentials_path.string(),
                            search.files.config_path.string()));
}

}  // namespace

Result<std::unique_ptr<CredentialsProvider>> find_credentials(const CredentialsSearch& search) {
    if (!search.ignores_environment_keys) {
        if (auto keys = find_environment_credentials(search.environment)) {
            return keys;
        }
        if (auto web_identity = find_web_identity(search.environment, search.sts)) {
            return web_identity;
        }
    }
    auto profile =
        make_profile_credentials(search.profile, search.files, search.environment, search.sts);
    if (!profile || *profile != nullptr) {
        return profile;
    }
    if (search.requires_profile) {
        return fail(ErrorKind::not_found,
                    fmt::format("no access keys or other credentials for profile '{}' in {} or {}",
                                search.profile, search.files.credentials_path.string(),
                                search.files.config_path.string()));
    }
    return find_host_credentials(search);
}

}  // namespace dsdash::aws
