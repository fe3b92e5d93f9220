#pragma once

#include <optional>

#include "domain/utc_time.hpp"
#include "endpoint/dynamodb/item_table.hpp"

namespace dsdash::endpoint::dynamodb {

struct DateRange {
    TimePoint first;
    TimePoint last;  ///< inclusive
};

/// The times whose ExtractionDate lies in `range`, which may hold any strings ("2026-11" too);
/// nothing when there is none. A single date may lack its fraction.
[[nodiscard]] std::optional<DateRange> dates_in(const SortRange& range);

}  // namespace dsdash::endpoint::dynamodb
