#pragma once

#include <compare>
#include <optional>
#include <string>

#include "domain/decimal.hpp"
#include "domain/event.hpp"

namespace dsdash {

/// What a series of values is identified by.
struct SeriesKey {
    std::string metric_name;
    std::string project_name;
    std::string environment;
    std::string account_id;  ///< 12 digits; empty for rows the Python reference's archive wrote
    auto operator<=>(const SeriesKey&) const = default;
};

/// malformed_input naming the field unless metric, project and environment have 1-1024 bytes each.
Result<void> check_names(const SeriesKey& series);

/// One value of one metric: a row of ds-dashboard-hub-table.
struct MetricRecord {
    SeriesKey series;
    TimePoint extraction_date;
    Decimal value;
    std::string metadata = "{}";  ///< JSON text of an object
    std::string event_id;         ///< of the event that carried it; may be empty
    /// The date the spoke gave, when the record had to move aside (extraction_date differs then).
    std::optional<TimePoint> original_extraction_date;
    /// How long after the date that the spoke gave it was stored, by the hub's clock: negative when
    /// the spoke's is ahead. Nothing: not known, as of rows of the Python reference's archive.
    std::optional<std::chrono::milliseconds> delivery_delay = {};
};

/// Whether `event` is a metric event: its source and detail-type say so and its detail has a
/// MetricName (without one it is the seed's form of the fetch event).
[[nodiscard]] bool is_metric_event(const Event& event);
/// Whether `event` asks for an extraction, in either of the two forms.
[[nodiscard]] bool is_fetch_event(const Event& event);

/// The record in a metric event; malformed_input naming the field and the limit (names are 1-1024
/// bytes; MetricValue a number or a string holding one, within Decimal's range; Metadata an
/// object that passes check_metadata()).
Result<MetricRecord> parse_metric_event(const Event& event);

/// The detail of the metric event that carries `record`.
[[nodiscard]] std::string metric_event_detail(const MetricRecord& record);

}  // namespace dsdash
