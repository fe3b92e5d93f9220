#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace dsdash {

/// A moment in UTC, to the microsecond: what ExtractionDate can express.
using TimePoint = std::chrono::sys_time<std::chrono::microseconds>;

/// "2026-11-23 12:00:00.000123": ExtractionDate, the table's sort key. Always 26 characters, so
/// byte order is time order.
[[nodiscard]] std::string format_extraction_date(TimePoint time);
/// Reads that form (years 0001-9999); also without the fraction, as Python's str(datetime) writes
/// a whole second. malformed_input otherwise.
Result<TimePoint> parse_extraction_date(std::string_view text);

/// "2026-11-23T12:00:00Z": the time of an event (whole seconds).
[[nodiscard]] std::string format_iso8601(TimePoint time);
/// Reads RFC 3339 with Z or an offset, with or without a fraction.
Result<TimePoint> parse_iso8601(std::string_view text);

/// "20261123T120000Z": X-Amz-Date of Signature Version 4.
[[nodiscard]] std::string format_amz_date(TimePoint time);
Result<TimePoint> parse_amz_date(std::string_view text);

/// Epoch seconds with fraction, as AWS JSON protocols write timestamps.
[[nodiscard]] double to_epoch_seconds(TimePoint time);
/// malformed_input for NaN, infinities and what lies outside years 0001-9999.
Result<TimePoint> from_epoch_seconds(double seconds);

}  // namespace dsdash
