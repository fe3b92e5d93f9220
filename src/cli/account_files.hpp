#pragma once

#include <filesystem>
#include <vector>

#include "embedded/storage/account_identity.hpp"

namespace dsdash::cli {

/// The accounts of a data folder, by id, read as any client of the files would: a server may be
/// running on them.
Result<std::vector<embedded::AccountIdentity>> read_accounts(const std::filesystem::path& folder);

}  // namespace dsdash::cli
