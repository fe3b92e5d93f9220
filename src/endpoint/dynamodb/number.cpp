#include "endpoint/dynamodb/number.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "endpoint/dynamodb/errors.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::size_t kDigitsMax = 38;

/// The digits of "-00120.340e5" that count: 12034.
std::size_t significant_digits(std::string_view mantissa) {
    std::string digits;
    std::ranges::copy_if(mantissa, std::back_inserter(digits),
                         [](char c) { return c >= '0' && c <= '9'; });
    const auto first = digits.find_first_not_of('0');
    if (first == std::string::npos) return 0;
    return digits.find_last_not_of('0') - first + 1;
}

/// Whether `text` would be a number if numbers had no limits.
bool is_numeric(std::string_view mantissa, std::string_view exponent, bool has_exponent) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (mantissa.starts_with('-')) mantissa.remove_prefix(1);
    if (exponent.starts_with('-') || exponent.starts_with('+')) exponent.remove_prefix(1);
    const bool mantissa_is_one =
        std::ranges::any_of(mantissa, is_digit) && std::ranges::count(mantissa, '.') <= 1 &&
        std::ranges::all_of(mantissa, [&](char c) { return is_digit(c) || c == '.'; });
    return mantissa_is_one &&
           (!has_exponent || (!exponent.empty() && std::ranges::all_of(exponent, is_digit)));
}

}  // namespace

Result<Decimal> parse_number(std::string_view text) {
    if (auto number = Decimal::parse(text)) return number;
    constexpr std::string_view kNotNumeric = "The parameter cannot be converted to a numeric value";
    if (text.empty()) return invalid(std::string(kNotNumeric));

    const auto e = text.find_first_of("eE");
    const bool has_exponent = e != std::string_view::npos;
    const auto mantissa = text.substr(0, e);
    const auto exponent = has_exponent ? text.substr(e + 1) : std::string_view{};
    if (!is_numeric(mantissa, exponent, has_exponent)) {
        return invalid(fmt::format("{}: {}", kNotNumeric, text));
    }
    if (significant_digits(mantissa) > kDigitsMax) {
        return invalid("Attempting to store more than 38 significant digits in a Number");
    }
    // Of two reasons left, one asks for large numbers and the other for small ones.
    const bool is_small = exponent.starts_with('-') ||
                          (!has_exponent && mantissa.find('.') != std::string_view::npos &&
                           mantissa.find_first_of("123456789") > mantissa.find('.'));
    return invalid(is_small ? "Number underflow. Attempting to store a number with magnitude "
                              "smaller than supported range"
                            : "Number overflow. Attempting to store a number with magnitude larger "
                              "than supported range");
}

}  // namespace dsdash::endpoint::dynamodb
