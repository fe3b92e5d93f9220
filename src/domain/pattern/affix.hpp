#pragma once

#include <string_view>

#include "domain/pattern/source.hpp"
#include "domain/result.hpp"

namespace dsdash::pattern {

/// The operand of prefix or suffix.
struct Affix {
    std::string text;
    bool ignore_case = false;
};

/// Reads "text" or {"equals-ignore-case": "text"}; `name` is the operator's.
Result<Affix> parse_affix(const Source& source, std::string_view name, std::string_view operand);

}  // namespace dsdash::pattern
