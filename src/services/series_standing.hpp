#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/series_state.hpp"
#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

/// How what a hub collects stands, from its latest records and the reports of its spokes. The same
/// on the page, in the query API, on the command line and in OpenMetrics.
namespace dsdash {

/// What a judgement is made from beside records and reports.
struct Expectations {
    TimePoint now;
    /// Of the hub's scheduled refresh; nothing when it has none, or none that is known.
    std::optional<std::chrono::seconds> refresh_interval;
};

struct SeriesStanding {
    SeriesKey series;
    SeriesState state = SeriesState::silent;
    std::string reason;                                     ///< why it failed; empty otherwise
    std::optional<std::chrono::seconds> expected_interval;  ///< nothing: not known
    std::optional<LatestRecord> latest;                     ///< nothing: no value came yet
};

/// Every series that has a record or that the report of a spoke names, ordered by series.
[[nodiscard]] std::vector<SeriesStanding> judge_series(std::vector<LatestRecord> latest,
                                                       std::span<const ExtractionReport> reports,
                                                       const Expectations& expectations);

/// A spoke, as far as its values tell.
struct SpokeStanding {
    std::string account_id;
    SeriesState state = SeriesState::silent;         ///< fresh, late or silent
    std::optional<TimePoint> last_event;             ///< its newest report or record
    std::optional<std::chrono::milliseconds> delay;  ///< of the delivery of its newest record
    std::size_t metrics = 0;                         ///< that it extracts
    std::size_t failing = 0;                         ///< of these
};

/// Every account that has a series, and those of `registered` that have none, ordered by account.
/// Rows of the Python reference's archive, which name no account, are nobody's.
[[nodiscard]] std::vector<SpokeStanding> judge_spokes(std::span<const SeriesStanding> series,
                                                      std::span<const ExtractionReport> reports,
                                                      std::span<const std::string> registered,
                                                      const Expectations& expectations);

}  // namespace dsdash
