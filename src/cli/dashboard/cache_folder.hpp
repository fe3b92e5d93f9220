#pragma once

#include <filesystem>

#include "cli/client/client_options.hpp"
#include "domain/account_id.hpp"

namespace dsdash::cli {

/// Where the cache of an account on AWS lies: `option` (--cache) unless it is empty, else
/// dsdash/ACCOUNT-REGION in XDG_CACHE_HOME or ~/.cache
/// (specifications.freedesktop.org/basedir-spec/latest). malformed_input without any of these.
Result<std::filesystem::path> cache_folder(const std::string& option, const AccountId& account,
                                           const Region& region, const Environment& environment);

}  // namespace dsdash::cli
