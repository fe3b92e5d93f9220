#include "endpoint/dynamodb/date_range.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr TimePoint kFirst = std::chrono::sys_days{std::chrono::year{1} / 1 / 1};
constexpr TimePoint kEnd = std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1};

/// The first time whose ExtractionDate is not before `text` (or, unless `with_equal`, is behind
/// it); kEnd when there is none. Dates are in the order of their texts, so half of the times that
/// are left fall away with every look.
TimePoint first_date(std::string_view text, bool with_equal) {
    auto low = kFirst;
    auto high = kEnd;
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        const auto date = format_extraction_date(middle);
        if (with_equal ? date >= text : date > text) {
            high = middle;
        } else {
            low = middle + std::chrono::microseconds(1);
        }
    }
    return low;
}

}  // namespace

std::optional<DateRange> dates_in(const SortRange& range) {
    const bool is_single = range.high == range.low && range.low_is_in && range.high_is_in;
    if (is_single) {
        const auto date = parse_extraction_date(range.low);
        return date ? std::optional(DateRange{*date, *date}) : std::nullopt;
    }
    const auto first = first_date(range.low, range.low_is_in);
    const auto end = range.high ? first_date(*range.high, !range.high_is_in) : kEnd;
    if (first >= end) return std::nullopt;
    return DateRange{first, end - std::chrono::microseconds(1)};
}

}  // namespace dsdash::endpoint::dynamodb
