#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"

namespace dsdash::aws {

/// The words of a command line, with single and double quotes and backslashes as a POSIX shell has
/// them; nothing else is expanded. malformed_input for an open quote or an empty line.
Result<std::vector<std::string>> split_command(std::string_view line);

/// Runs `command` (found in PATH) without a shell, with our environment and stderr, and returns
/// its stdout. not_found when it cannot be started, internal when it fails or writes more than
/// kCommandOutputMax bytes, timed_out (and killed) at `deadline`.
Result<std::string> run_command(const std::vector<std::string>& command,
                                std::chrono::steady_clock::time_point deadline);

inline constexpr std::size_t kCommandOutputMax = 64 * 1024;  ///< a document takes 2 KB

}  // namespace dsdash::aws
