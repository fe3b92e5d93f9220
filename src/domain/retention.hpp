#pragma once

#include <chrono>
#include <string_view>

#include "domain/result.hpp"

namespace dsdash {

/// How long records are kept, as context and functions' environments spell it: whole days from 1 to
/// 36,500 (a century: a larger number is a slip). malformed_input for anything else.
Result<std::chrono::days> parse_retention_days(std::string_view text);

}  // namespace dsdash
