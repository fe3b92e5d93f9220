#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace dsdash::cli {

/// Everything in a file of at most `bytes_max` bytes. unreachable when it is larger or cannot be
/// read.
Result<std::string> read_file(const std::filesystem::path& path, std::uintmax_t bytes_max);

/// Creates or replaces the file; unreachable when that cannot be done.
Result<void> write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace dsdash::cli
