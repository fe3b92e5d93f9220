#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace dsdash::pattern {

/// The characters first, first + step, … last, whose cases lie at the same distances from them.
struct CaseRange {
    std::uint16_t first;
    std::uint16_t last;
    std::uint16_t step;
    std::int32_t to_lower;
    std::int32_t to_upper;
};

/// A character of which a case has more than one character, as UTF-8.
struct SpecialCase {
    std::uint16_t character;
    std::string_view lower;
    std::string_view upper;
};

/// ASCII, and what has no case, is in neither.
std::span<const CaseRange> case_ranges();
std::span<const SpecialCase> special_cases();

}  // namespace dsdash::pattern
