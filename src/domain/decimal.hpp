#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace dsdash {

/// An exact decimal number with DynamoDB's range: at most 38 significant digits, magnitude 0 or
/// 1E-130 to 9.9999999999999999999999999999999999999E+125
/// (docs.aws.amazon.com/amazondynamodb/latest/developerguide/Limits.html).
class Decimal {
  public:
    Decimal() = default;
    explicit Decimal(std::int64_t value);

    /// Reads what JSON and DynamoDB accept as a number ("3", "-0.5", "1e3", "0010.500").
    /// malformed_input for anything else (NaN, Infinity, "", spaces), for more than 38 significant
    /// digits and for a magnitude out of range; the message names the limit.
    static Result<Decimal> parse(std::string_view text);

    /// Canonical: no exponent, no leading or trailing zeros, "-0" is "0", as DynamoDB returns it.
    [[nodiscard]] std::string to_string() const;
    /// Nearest double, for roll-ups and plots only.
    [[nodiscard]] double to_double() const;
    bool operator==(const Decimal&) const = default;

    /// By numeric value.
    friend int compare(const Decimal& a, const Decimal& b);

  private:
    // value = sign * 0.<digits> * 10^exponent; digits without leading or trailing zeros, "" is
    // zero.
    bool negative_ = false;
    int exponent_ = 0;
    std::string digits_;
};

}  // namespace dsdash
