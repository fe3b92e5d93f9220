#pragma once

#include <string_view>

namespace dsdash {

/// Whether all of `text` fits `pattern`, in which * stands for any characters, also none, and ? for
/// exactly one byte: the wildcards of IAM. There are no escapes. Time is at most the product of the
/// two lengths.
[[nodiscard]] bool matches_glob(std::string_view pattern, std::string_view text);

/// As matches_glob, with A-Z and a-z taken for the same.
[[nodiscard]] bool matches_glob_ignoring_case(std::string_view pattern, std::string_view text);

[[nodiscard]] constexpr char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] bool equals_ignoring_ascii_case(std::string_view a, std::string_view b);

}  // namespace dsdash
