#pragma once

#include <string_view>
#include <vector>

#include "domain/pattern/rule.hpp"
#include "domain/result.hpp"

namespace dsdash::pattern {

/// The rules that `text` stands for, of which an event must satisfy one: each $or multiplies them.
/// Refuses what EventPattern::parse refuses.
Result<std::vector<Rule>> compile(std::string_view text);

}  // namespace dsdash::pattern
