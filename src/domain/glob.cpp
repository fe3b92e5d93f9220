#include "domain/glob.hpp"

#include <algorithm>
#include <functional>

namespace dsdash {

namespace {

/// Goes forward in both; on a mismatch the last star takes one byte more. Earlier stars need no
/// second try: what they skipped least leaves the most for those after them.
template <class Same>
bool matches(std::string_view pattern, std::string_view text, Same same) {
    constexpr auto kNone = std::string_view::npos;
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t after_star = kNone;
    std::size_t star_end = 0;  // where the text goes on after what the last star took
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            after_star = ++p;
            star_end = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || same(pattern[p], text[t]))) {
            ++p;
            ++t;
        } else if (after_star != kNone) {
            p = after_star;
            t = ++star_end;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == kNone;
}

bool same_ignoring_case(char a, char b) {
    return ascii_lower(a) == ascii_lower(b);
}

}  // namespace

bool matches_glob(std::string_view pattern, std::string_view text) {
    return matches(pattern, text, std::equal_to<char>{});
}

bool matches_glob_ignoring_case(std::string_view pattern, std::string_view text) {
    return matches(pattern, text, same_ignoring_case);
}

bool equals_ignoring_ascii_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, same_ignoring_case);
}

}  // namespace dsdash
