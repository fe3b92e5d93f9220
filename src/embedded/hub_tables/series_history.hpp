#pragma once

#include <vector>

#include "embedded/hub_tables/rollup.hpp"

namespace dsdash::embedded {

/// The stretch of time of a history, and in how many points it is drawn at most.
struct HistorySpan {
    TimePoint from;  ///< inclusive
    TimePoint to;    ///< exclusive
    std::size_t points_max;
};

/// malformed_input unless points_max is 1-10,000 and the times lie in the years 1-9999; a span
/// that ends before it begins is empty.
Result<HistorySpan> check_span(TimePoint from, TimePoint to, std::size_t points_max);

/// The history of one series, or of all series of a metric, in one read transaction.
class SeriesHistory {
  public:
    static SeriesHistory of_series(Database& database, std::int64_t metric_id,
                                   std::int64_t series_id);
    static SeriesHistory of_metric(Database& database, std::int64_t metric_id);

    Result<std::vector<HistoryPoint>> read(const HistorySpan& span);

  private:
    using Parts = std::vector<RollUp>;
    SeriesHistory(Database& database, RollUpSubject subject, std::int64_t metric_id)
        : database_(database), subject_(subject), metric_id_(metric_id) {}

    [[nodiscard]] bool uses_hours(const HistorySpan& span) const;
    Result<Parts> read_records(TimePoint from, TimePoint to);
    Result<Parts> read_in_hours(const HistorySpan& span);
    Result<void> read_arrivals(TimePoint from, TimePoint to, Parts& out);
    Result<void> read_history(TimePoint from, TimePoint to, Parts& out);

    Database& database_;
    RollUpSubject subject_;
    std::int64_t metric_id_;
};

}  // namespace dsdash::embedded
