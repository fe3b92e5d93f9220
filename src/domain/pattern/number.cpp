#include "domain/pattern/number.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "domain/number_text.hpp"

namespace dsdash::pattern {

namespace {

/// Every integer up to this magnitude is a double.
constexpr std::int64_t kExactIntegerMax = std::int64_t{1} << 53;

template <class Integer>
std::optional<double> comparable_integer(Integer value) {
    if (std::cmp_less_equal(value, kExactIntegerMax) &&
        std::cmp_greater_equal(value, -kExactIntegerMax)) {
        return static_cast<double>(value);
    }
    return comparable_double(std::to_string(value));
}

}  // namespace

std::optional<double> comparable_double(std::string_view text) {
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || !std::isfinite(value)) {
        return std::nullopt;
    }
    constexpr std::size_t kShortestFormMax = 32;
    std::array<char, kShortestFormMax> shortest;
    const auto written = std::to_chars(shortest.begin(), shortest.end(), value);
    if (scan_number(text) != scan_number({shortest.data(), written.ptr})) {
        return std::nullopt;
    }
    return value;
}

std::optional<double> comparable_leaf(const boost::json::value& leaf) {
    if (const auto* value = leaf.if_int64()) {
        return comparable_integer(*value);
    }
    if (const auto* value = leaf.if_uint64()) {
        return comparable_integer(*value);
    }
    const auto* value = leaf.if_double();
    return value != nullptr && std::isfinite(*value) ? std::optional(*value) : std::nullopt;
}

}  // namespace dsdash::pattern
