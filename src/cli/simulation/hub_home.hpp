#pragma once

#include <string>

#include "cli/client/client_options.hpp"
#include "domain/account_id.hpp"

namespace dsdash::cli {

/// A hub's account, and where others are that shall report to it.
struct HubHome {
    std::string folder;  ///< the data folder
    std::string endpoint_url;
    Region region;
    ClientOptions client;  ///< how the hub is reached
};

/// The hub that `options` name: the account "hub" when they name none. Makes it, with the id
/// 111111111111, when the data folder has no such account. malformed_input without a data folder;
/// conflict when another account has that id.
Result<HubHome> find_or_create_hub(const ClientOptions& options, const Environment& environment);

}  // namespace dsdash::cli
