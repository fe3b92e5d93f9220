#include "domain/number_text.hpp"

#include <algorithm>
#include <charconv>

namespace dsdash {

namespace {

constexpr std::int64_t kExponentSaturated = 1'000'000'000'000'000'000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view take_digits(std::string_view& text) {
    const auto end = std::ranges::find_if_not(text, is_digit);
    const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

bool take_one_of(std::string_view& text, std::string_view characters) {
    if (text.empty() || !characters.contains(text.front())) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

bool take_sign(std::string_view& text) {
    const bool negative = text.starts_with('-');
    take_one_of(text, "+-");
    return negative;
}

/// Saturates far beyond every limit, yet low enough to add a text's length without overflow.
std::int64_t to_exponent(std::string_view digits) {
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return read.ec == std::errc{} ? std::min(value, kExponentSaturated) : kExponentSaturated;
}

}  // namespace

std::optional<NumberText> scan_number(std::string_view text) {
    NumberText number;
    number.negative = take_sign(text);
    const auto whole = take_digits(text);
    const auto fraction = take_one_of(text, ".") ? take_digits(text) : std::string_view{};
    if (whole.empty() && fraction.empty()) {
        return std::nullopt;
    }
    if (take_one_of(text, "eE")) {
        const bool negative = take_sign(text);
        const auto digits = take_digits(text);
        if (digits.empty()) {
            return std::nullopt;
        }
        number.exponent = negative ? -to_exponent(digits) : to_exponent(digits);
    }
    if (!text.empty()) {
        return std::nullopt;
    }
    number.digits.reserve(whole.size() + fraction.size());
    number.digits.append(whole).append(fraction);
    number.digits.erase(number.digits.find_last_not_of('0') + 1);
    const auto leading_zeros = std::min(number.digits.find_first_not_of('0'), number.digits.size());
    number.digits.erase(0, leading_zeros);
    if (number.digits.empty()) {
        return NumberText{};
    }
    number.exponent += static_cast<std::int64_t>(whole.size());
    number.exponent -= static_cast<std::int64_t>(leading_zeros);
    return number;
}

}  // namespace dsdash
