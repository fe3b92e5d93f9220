#pragma once

#include <string_view>

#include "domain/pattern/field.hpp"
#include "domain/pattern/source.hpp"
#include "domain/result.hpp"

namespace dsdash::pattern {

/// Reads the array that a field of a pattern holds: literals and operators in objects of one key.
Result<Alternatives> parse_alternatives(const Source& source, std::string_view array);

}  // namespace dsdash::pattern
