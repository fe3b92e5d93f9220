#pragma once

#include <filesystem>
#include <string>

#include "domain/result.hpp"

namespace dsdash::aws {

/// The content of a file that holds one token, without white space at its end. not_found when it
/// cannot be read, malformed_input when it is empty, has several lines or more than 64 KB.
Result<std::string> read_secret_file(const std::filesystem::path& path);

}  // namespace dsdash::aws
