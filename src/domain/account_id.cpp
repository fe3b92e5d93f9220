#include "domain/account_id.hpp"

#include <algorithm>

namespace dsdash {

namespace {

constexpr std::size_t kAccountIdDigits = 12;
constexpr std::size_t kRegionBytesMax = 32;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_region_character(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-';
}

}  // namespace

Result<AccountId> AccountId::parse(std::string_view text) {
    if (text.size() != kAccountIdDigits || !std::ranges::all_of(text, is_digit)) {
        return fail(ErrorKind::malformed_input, "an account id must be exactly 12 digits");
    }
    return AccountId(std::string(text));
}

Result<Region> Region::parse(std::string_view text) {
    if (text.empty() || text.size() > kRegionBytesMax ||
        !std::ranges::all_of(text, is_region_character)) {
        return fail(ErrorKind::malformed_input,
                    "a Region must be 1 to 32 characters of a-z, 0-9 and -");
    }
    return Region(std::string(text));
}

}  // namespace dsdash
