#pragma once

#include <functional>
#include <optional>
#include <string>

namespace dsdash::aws {

/// Reads a variable of the process's environment; nothing when it is unset. Given in, so that
/// tests and functions bring their own.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// The environment of this process. Variables that are set but empty count as unset, as for AWS's
/// clients.
[[nodiscard]] Environment process_environment();

/// One in which nothing is set.
[[nodiscard]] Environment empty_environment();

}  // namespace dsdash::aws
