#pragma once

#include <vector>

#include "embedded/hub_tables/rollup.hpp"
#include "services/metric_browser.hpp"

namespace dsdash::embedded {

/// The history of one series, or of all series of a metric, in one read transaction.
class SeriesHistory {
  public:
    static SeriesHistory of_series(Database& database, std::int64_t metric_id,
                                   std::int64_t series_id);
    static SeriesHistory of_metric(Database& database, std::int64_t metric_id);

    Result<std::vector<HistoryPoint>> read(const HistorySpan& span);
    /// Single records, newest first; of a series only.
    Result<std::vector<MetricRecord>> samples(const SampleQuery& query);

  private:
    using Parts = std::vector<RollUp>;
    SeriesHistory(Database& database, RollUpSubject subject, std::int64_t metric_id)
        : database_(database), subject_(subject), metric_id_(metric_id) {}

    [[nodiscard]] static bool uses_days(const HistorySpan& span);
    [[nodiscard]] bool uses_hours(const HistorySpan& span) const;
    Result<Parts> read_records(TimePoint from, TimePoint to);
    Result<Parts> read_in_hours(const HistorySpan& span);
    Result<Parts> read_in_days(const HistorySpan& span);
    /// Of the history, not the arrivals: whole hours by their roll-ups.
    Result<void> read_moved_in_hours(TimePoint from, TimePoint to, Parts& out);
    Result<void> read_arrivals(TimePoint from, TimePoint to, Parts& out);
    Result<void> read_history(TimePoint from, TimePoint to, Parts& out);

    Database& database_;
    RollUpSubject subject_;
    std::int64_t metric_id_;
};

}  // namespace dsdash::embedded
