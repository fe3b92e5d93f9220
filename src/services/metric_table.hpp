#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/metric_record.hpp"

namespace dsdash {

/// What became of a record that was put.
enum class Stored {
    inserted,
    moved,      ///< its (MetricName, ExtractionDate) was taken by another record: it stands up to
                ///< some microseconds later and keeps its original date
    duplicate,  ///< it is there already (same event id; or same series, date and value)
};

/// The newest record of a series.
struct LatestRecord : MetricRecord {
    /// Of the records before it, newest first: kPreviousDatesMax at most, or none where they are
    /// not known.
    std::vector<TimePoint> previous_dates;
};

/// `records` as the newest of their series, the dates before them not known.
[[nodiscard]] inline std::vector<LatestRecord> as_latest(std::vector<MetricRecord> records) {
    std::vector<LatestRecord> latest;
    latest.reserve(records.size());
    for (auto& record : records) latest.push_back({std::move(record), {}});
    return latest;
}

struct HistoryQuery {
    SeriesKey series;
    TimePoint from;                ///< inclusive
    TimePoint to;                  ///< exclusive
    std::size_t points_max = 500;  ///< 1-10,000; more records than that are drawn together
};

/// One point of a plot: the records of one stretch of time, or a single record (count 1).
struct HistoryPoint {
    TimePoint time;  ///< of the first record in it
    double min = 0;
    double max = 0;
    double sum = 0;
    std::int64_t count = 0;
    double last = 0;
};

/// ds-dashboard-hub-table: the hub's history of metric values.
class MetricTable {
  public:
    virtual ~MetricTable() = default;
    /// Stores records, at most 10,000 a call; one answer each, in order. When it returns, what was
    /// stored is on disk.
    virtual std::vector<Result<Stored>> put(std::span<const MetricRecord> records) = 0;
    /// The newest record of every series, ordered by series.
    virtual Result<std::vector<LatestRecord>> latest() = 0;
    /// One series over time, ordered by time.
    virtual Result<std::vector<HistoryPoint>> history(const HistoryQuery& query) = 0;
};

}  // namespace dsdash
