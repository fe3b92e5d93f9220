#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dsdash {

/// The value of a number's text, of any size: (-) 0.<digits> * 10^exponent. The digits neither
/// start nor end with a zero; there are none for zero, which is never negative.
struct NumberText {
    bool negative = false;
    std::string digits;
    std::int64_t exponent = 0;
    bool operator==(const NumberText&) const = default;
};

/// Nothing unless all of `text` is a number as JSON and DynamoDB write it: "3", "-0.5", "+.5",
/// "1e3", "0010.500". An exponent of more than 18 digits counts as one of 10^18.
[[nodiscard]] std::optional<NumberText> scan_number(std::string_view text);

}  // namespace dsdash
