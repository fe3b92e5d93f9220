#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "aws/credentials.hpp"
#include "domain/account_id.hpp"

namespace dsdash::aws {

/// Reads a variable of the process's environment; nothing when it is unset. Given in, so that
/// tests and functions bring their own.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// The environment of this process.
[[nodiscard]] Environment process_environment();

/// What a user asked for on the command line. Empty fields leave it to the environment and the
/// profile.
struct ConfigRequest {
    std::string profile = {};
    std::string region = {};
    std::string endpoint_url = {};
    /// With these two the environment is not asked for anything: the files say it all, as those of
    /// an embedded home do.
    std::filesystem::path credentials_file = {};
    std::filesystem::path config_file = {};
};

/// Who calls, and where.
struct ClientConfig {
    Credentials credentials;
    Region region;
    std::optional<AccountId> account;  ///< aws_account_id of the profile
    std::string endpoint_url;          ///< for every service; empty: AWS's own
    Environment environment;           ///< for AWS_ENDPOINT_URL_<SERVICE>

    /// Where `service` (a signing name) is reached: "https://ssm.eu-west-1.amazonaws.com".
    [[nodiscard]] std::string origin_of(std::string_view service) const;
};

/// Finds credentials, Region and endpoint as AWS's own clients do:
/// https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html. not_found when the
/// profile, its keys or a Region is missing, malformed_input for a bad file or value; both say
/// where they looked. (Roles and instance credentials are not asked for.)
Result<ClientConfig> load_client_config(const ConfigRequest& request,
                                        const Environment& environment);

}  // namespace dsdash::aws
