#pragma once

#include <charconv>
#include <string_view>

#include "embedded/hub_tables/event_id_column.hpp"
#include "embedded/storage/sqlite.hpp"
#include "services/metric_table.hpp"

namespace dsdash::embedded {

/// Calls `use` with the value as it is stored: an integer when it is one of 64 bits, else text.
template <class Use>
auto with_stored_value(const Decimal& value, const Use& use) {
    const auto text = value.to_string();
    std::int64_t integer = 0;
    const auto* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, integer);
    if (parsed.ec == std::errc{} && parsed.ptr == end) return use(integer);
    return use(std::string_view{text});
}

[[nodiscard]] inline std::int64_t to_stored(TimePoint time) {
    return time.time_since_epoch().count();
}
[[nodiscard]] inline std::optional<std::int64_t> to_stored(const std::optional<TimePoint>& time) {
    return time ? std::optional(to_stored(*time)) : std::nullopt;
}
[[nodiscard]] inline TimePoint to_time(std::int64_t stored) {
    return TimePoint(std::chrono::microseconds(stored));
}
[[nodiscard]] inline std::optional<std::string_view> stored_metadata(const MetricRecord& record) {
    return record.metadata == "{}" ? std::nullopt
                                   : std::optional<std::string_view>(record.metadata);
}

[[nodiscard]] inline std::optional<std::int64_t> stored_delay(const MetricRecord& record) {
    return record.delivery_delay ? std::optional(record.delivery_delay->count()) : std::nullopt;
}

/// The record in the current row of a SELECT of metric_name, project_name, environment, account_id,
/// ts, value, event_id, metadata, original_ts, delay_ms. internal when somebody else wrote what is
/// no record.
Result<MetricRecord> read_record(const Rows& rows);
/// The same of a SELECT whose columns from `first_column` on are ts, value, event_id, metadata,
/// original_ts, delay_ms.
Result<MetricRecord> read_record(const Rows& rows, SeriesKey series, int first_column);
/// All the rows' records.
Result<std::vector<MetricRecord>> read_records(Rows rows);
/// The first row's record; nothing when there is no row.
Result<std::optional<MetricRecord>> read_first_record(Rows rows);

}  // namespace dsdash::embedded
