#pragma once

#include <memory>
#include <string>

#include "aws/client_config.hpp"
#include "services/aws_api.hpp"

namespace dsdash::cli {

using Environment = aws::Environment;

/// Which account a verb speaks for, and where: --profile, --account, --data, --endpoint-url.
struct ClientOptions {
    std::string profile = {};
    std::string account = {};  ///< a profile's name in the data folder, or an account id
    std::string data = {};
    std::string endpoint_url = {};
};

/// Whose keys sign, and where the endpoint is. An account (--account, else DSDASH_ACCOUNT unless a
/// profile is given) is one of the data folder; otherwise everything is as AWS's own clients have
/// it. A profile together with a data folder is one of that folder's. DSDASH_ENDPOINT_URL
/// replaces the endpoint in both cases, AWS_ENDPOINT_URL that of an account. not_found when there
/// is no such account, malformed_input for a data folder without an account; else as
/// aws::load_client_config.
Result<aws::ClientConfig> choose_client(const ClientOptions& options,
                                        const Environment& environment);

/// The account's API. Says no word to the endpoint yet, unless the account's id is not known.
Result<std::unique_ptr<AwsApi>> connect(const ClientOptions& options,
                                        const Environment& environment);

}  // namespace dsdash::cli
