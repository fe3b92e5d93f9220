#include "domain/decimal.hpp"

#include <charconv>

#include "domain/number_text.hpp"

namespace dsdash {

namespace {

constexpr std::size_t kDigitsMax = 38;
// As powers of 0.<digits> * 10^exponent: 1E-130 is 0.1E-129, 9.99…E+125 is 0.999…E+126.
constexpr std::int64_t kExponentMin = -129;
constexpr std::int64_t kExponentMax = 126;

}  // namespace

Decimal::Decimal(std::int64_t value) : negative_(value < 0) {
    if (value == 0) {
        return;
    }
    const auto magnitude =
        negative_ ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    digits_ = std::to_string(magnitude);
    exponent_ = static_cast<int>(digits_.size());
    digits_.erase(digits_.find_last_not_of('0') + 1);
}

Result<Decimal> Decimal::parse(std::string_view text) {
    auto number = scan_number(text);
    if (!number) {
        return fail(ErrorKind::malformed_input, "not a decimal number");
    }
    if (number->digits.size() > kDigitsMax) {
        return fail(ErrorKind::malformed_input, "a number may have at most 38 significant digits");
    }
    Decimal decimal;
    if (number->digits.empty()) {
        return decimal;
    }
    if (number->exponent > kExponentMax) {
        return fail(ErrorKind::malformed_input,
                    "a number's magnitude may be at most "
                    "9.9999999999999999999999999999999999999E+125");
    }
    if (number->exponent < kExponentMin) {
        return fail(ErrorKind::malformed_input,
                    "a number's magnitude, if not zero, must be at least 1E-130");
    }
    decimal.negative_ = number->negative;
    decimal.exponent_ = static_cast<int>(number->exponent);
    decimal.digits_ = std::move(number->digits);
    return decimal;
}

std::string Decimal::to_string() const {
    if (digits_.empty()) {
        return "0";
    }
    std::string text(negative_ ? "-" : "");
    if (exponent_ <= 0) {
        text.append("0.").append(static_cast<std::size_t>(-exponent_), '0').append(digits_);
        return text;
    }
    const auto whole_digits = static_cast<std::size_t>(exponent_);
    if (digits_.size() <= whole_digits) {
        return text.append(digits_).append(whole_digits - digits_.size(), '0');
    }
    return text.append(digits_, 0, whole_digits).append(".").append(digits_, whole_digits);
}

double Decimal::to_double() const {
    const auto text = to_string();
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

int compare(const Decimal& a, const Decimal& b) {
    const auto sign = [](const Decimal& d) { return d.digits_.empty() ? 0 : d.negative_ ? -1 : 1; };
    if (sign(a) != sign(b)) {
        return sign(a) < sign(b) ? -1 : 1;
    }
    if (a.exponent_ != b.exponent_) {
        return (a.exponent_ < b.exponent_) == a.negative_ ? 1 : -1;
    }
    // Digits after a common point compare as text does: a missing digit is a zero.
    const int by_digits = a.digits_.compare(b.digits_);
    const int magnitude = by_digits < 0 ? -1 : by_digits > 0 ? 1 : 0;
    return a.negative_ ? -magnitude : magnitude;
}

}  // namespace dsdash
