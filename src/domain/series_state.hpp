#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

#include "domain/utc_time.hpp"

namespace dsdash {

/// How a series of values stands: the same on the page, in the query API, on the command line and
/// in OpenMetrics.
enum class SeriesState {
    fresh,
    late,            ///< its next value is overdue
    silent,          ///< several values in a row are missing, or none ever came
    failed,          ///< the spoke reported that the metric failed
    not_configured,  ///< the spoke does not extract that metric any more
};

/// "fresh", "late", "silent", "failed" or "not_configured".
[[nodiscard]] std::string_view state_name(SeriesState state);

/// Dates of earlier values that tell how often a series gets one: so many are kept of each.
inline constexpr std::size_t kPreviousDatesMax = 5;

/// The time from one value of a series to the next: the median of the gaps between `newest` and the
/// dates before it (newest first), so that one outage and one value out of turn change nothing. At
/// least ten minutes: values closer together were asked for by a person. Nothing when there is no
/// earlier date.
[[nodiscard]] std::optional<std::chrono::seconds> usual_interval(
    TimePoint newest, std::span<const TimePoint> previous_dates);

/// What is known of a series.
struct SeriesEvidence {
    /// What the newest report of its spoke says of the metric.
    enum class Report {
        none,     ///< there is no report, as of a spoke of the Python reference
        unnamed,  ///< it does not name the metric
        named,
        failed,
    };
    /// Of its newest value; nothing: none came yet.
    std::optional<std::chrono::microseconds> age = {};
    /// Nothing: not known, and taken for a day.
    std::optional<std::chrono::seconds> expected_interval = {};
    Report report = Report::none;
};

/// late: older than one and a half intervals. silent: older than three and a half.
[[nodiscard]] SeriesState state_of(const SeriesEvidence& evidence);

}  // namespace dsdash
