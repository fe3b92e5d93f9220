#pragma once

#include <filesystem>

#include "domain/result.hpp"
#include "stack/cdk/asset_manifest.hpp"

/// The folder with the functions' code: a `bootstrap` that Lambda starts, and what else it needs.
namespace dsdash::cli {

/// Lambda refuses a package that unpacks to more than 250 MB (quota "Deployment package").
inline constexpr std::uintmax_t kPackageBytesMax = 250'000'000;

/// Hashes the folder: names, contents and executable bits. not_found, with what builds it, when it
/// has no executable `bootstrap`; malformed_input for what is neither file nor folder, for a
/// program of another processor than x86_64 and arm64, and for a folder beyond the limit.
Result<cdk::CodeAsset> measure_package(const std::filesystem::path& folder);

/// Copies the folder to `to`, which a finished copy of the same asset may be already. unreachable
/// when the disk refuses.
Result<void> copy_package(const std::filesystem::path& folder, const std::filesystem::path& to);

}  // namespace dsdash::cli
