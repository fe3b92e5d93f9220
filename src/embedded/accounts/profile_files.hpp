#pragma once

#include <filesystem>
#include <string_view>

#include "embedded/storage/account_identity.hpp"

namespace dsdash::embedded {

/// Adds the account's profile to DIR/credentials and DIR/config, or replaces the one of that name;
/// what else stands in the files stays. Both are in AWS's format and private (mode 0600), and each
/// changes in one step. malformed_input when `endpoint_url` is no http(s) URL. One process at a
/// time: the caller holds the folder's lock.
Result<void> write_profile(const std::filesystem::path& directory, const AccountIdentity& identity,
                           std::string_view endpoint_url);

}  // namespace dsdash::embedded
