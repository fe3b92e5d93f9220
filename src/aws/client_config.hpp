#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "aws/credentials/provider.hpp"
#include "aws/environment.hpp"
#include "domain/account_id.hpp"
#include "http/client.hpp"

namespace dsdash::aws {

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
    std::shared_ptr<CredentialsProvider> credentials;
    Region region;
    std::optional<AccountId> account;  ///< whose the credentials are, where that was written down
    std::string endpoint_url;          ///< for every service; empty: AWS's own
    /// For single services, by signing name.
    std::map<std::string, std::string, std::less<>> service_endpoints;
    http::ClientOptions transport;

    /// Where `service` (a signing name) is reached: "https://ssm.eu-west-1.amazonaws.com".
    [[nodiscard]] std::string origin_of(std::string_view service) const;
};

/// Finds credentials, Region, endpoints, certificates and proxies as AWS's own clients do:
/// https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html. not_found when the
/// profile, every source of credentials or a Region is missing, malformed_input for a bad file or
/// value; both say where they looked. Credentials that need a peer are asked for at the first call.
Result<ClientConfig> load_client_config(const ConfigRequest& request,
                                        const Environment& environment);

}  // namespace dsdash::aws
