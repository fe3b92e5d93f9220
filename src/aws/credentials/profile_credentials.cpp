#include "aws/credentials/profile_credentials.hpp"

#include <fmt/format.h>

#include <set>

#include "aws/credentials/cached_credentials.hpp"
#include "aws/credentials/container_credentials.hpp"
#include "aws/credentials/environment_credentials.hpp"
#include "aws/credentials/instance_credentials.hpp"
#include "aws/credentials/process_credentials.hpp"
#include "aws/credentials/role_credentials.hpp"

namespace dsdash::aws {

namespace {

using Provider = std::unique_ptr<CredentialsProvider>;

std::unexpected<Error> refuse(const std::string& profile, std::string_view what,
                              std::string hint = {}) {
    return std::unexpected(Error{ErrorKind::malformed_input,
                                 fmt::format("profile '{}': {}", profile, what),
                                 {},
                                 {},
                                 std::move(hint)});
}

Provider cached(Provider source) {
    return std::make_unique<CachedCredentials>(std::move(source));
}

/// Follows the profiles from one to the next.
class ProfileWalk {
  public:
    ProfileWalk(const ConfigFiles& files, const Environment& environment, const StsEndpoint& sts)
        : files_(files), environment_(environment), sts_(sts) {}

    Result<Provider> find(const std::string& profile) {
        const auto setting = [&](std::string_view name) { return files_.setting(profile, name); };
        const bool seen_before = !seen_.insert(profile).second;
        const auto role = setting("role_arn");
        if (auto keys = keys_of(profile); keys && (!role || seen_before)) {
            return keys;  // a profile may name itself as the source of its role
        }
        if (seen_before) {
            return refuse(profile, "its source_profile leads back to it");
        }
        if (role) {
            return assume_role(profile, *role);
        }
        if (const auto command = setting("credential_process")) {
            auto process = ProcessCredentials::parse(*command);
            if (!process) {
                return refuse(profile, process.error().message);
            }
            return cached(std::make_unique<ProcessCredentials>(std::move(*process)));
        }
        if (setting("sso_session") || setting("sso_start_url")) {
            return refuse(profile, "single sign-on is not offered here",
                          "eval \"$(aws configure export-credentials --format env)\"");
        }
        return nullptr;
    }

  private:
    [[nodiscard]] Provider keys_of(const std::string& profile) const {
        const auto key = files_.setting(profile, "aws_access_key_id");
        const auto secret = files_.setting(profile, "aws_secret_access_key");
        if (!key || !secret) {
            return nullptr;
        }
        return std::make_unique<FixedCredentials>(Credentials{
            *key, SecretKey(*secret), files_.setting(profile, "aws_session_token").value_or("")});
    }

    Result<Provider> assume_role(const std::string& profile, const std::string& role) {
        const auto setting = [&](std::string_view name) { return files_.setting(profile, name); };
        const RoleSession session{role, setting("role_session_name").value_or(""),
                                  setting("external_id").value_or(""),
                                  setting("duration_seconds").value_or("")};
        if (setting("mfa_serial")) {
            return refuse(profile, "a role with mfa_serial is not offered here",
                          "eval \"$(aws configure export-credentials --format env)\"");
        }
        if (const auto token_file = setting("web_identity_token_file")) {
            return cached(std::make_unique<WebIdentityCredentials>(session, *token_file, sts_));
        }
        auto source = source_of_role(profile);
        if (!source) {
            return source;
        }
        return cached(std::make_unique<AssumedRoleCredentials>(session, std::move(*source), sts_));
    }

    Result<Provider> source_of_role(const std::string& profile) {
        if (const auto name = files_.setting(profile, "source_profile")) {
            auto source = find(*name);
            if (source && *source == nullptr) {
                return refuse(profile,
                              fmt::format("source_profile '{}' has no credentials", *name));
            }
            return source;
        }
        if (const auto name = files_.setting(profile, "credential_source")) {
            return named_source(profile, *name);
        }
        return refuse(profile,
                      "role_arn needs source_profile, credential_source or "
                      "web_identity_token_file");
    }

    // https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
    Result<Provider> named_source(const std::string& profile, const std::string& name) {
        if (name == "Environment") {
            if (auto keys = find_environment_credentials(environment_)) {
                return keys;
            }
            return refuse(profile, "credential_source Environment: no keys are in the environment");
        }
        if (name == "EcsContainer") {
            auto container = ContainerCredentials::find(environment_);
            if (!container) {
                return std::unexpected(std::move(container.error()));
            }
            if (*container) {
                return cached(std::make_unique<ContainerCredentials>(std::move(**container)));
            }
            return refuse(profile, "credential_source EcsContainer: the environment names none");
        }
        if (name == "Ec2InstanceMetadata") {
            if (auto instance = InstanceCredentials::find(environment_)) {
                return cached(std::make_unique<InstanceCredentials>(std::move(*instance)));
            }
            return refuse(profile, "credential_source Ec2InstanceMetadata: it is disabled");
        }
        return refuse(profile, fmt::format("credential_source must be Environment, EcsContainer "
                                           "or Ec2InstanceMetadata, not {}",
                                           name));
    }

    const ConfigFiles& files_;
    const Environment& environment_;
    const StsEndpoint& sts_;
    std::set<std::string> seen_;
};

}  // namespace

Result<std::unique_ptr<CredentialsProvider>> make_profile_credentials(
    const std::string& profile, const ConfigFiles& files, const Environment& environment,
    const StsEndpoint& sts) {
    return ProfileWalk(files, environment, sts).find(profile);
}

}  // namespace dsdash::aws
