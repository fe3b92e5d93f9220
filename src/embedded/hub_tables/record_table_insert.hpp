#pragma once

#include <deque>
#include <unordered_map>

#include "embedded/hub_tables/series_ids.hpp"
#include "services/metric_table.hpp"

namespace dsdash::embedded {

/// Stores the records of one put() inside its transaction.
class RecordInserter {
  public:
    /// How far beyond the records that moved from a date before it a record may move.
    static constexpr int kMoveMax = 1'000;

    RecordInserter(Database& database, SeriesIds::Transaction& ids)
        : database_(database), ids_(ids) {}

    /// Stores `record`, which must live until finish(). conflict: no date is free for it, and
    /// nothing was changed; any other error is the file's.
    Result<Stored> insert(const MetricRecord& record);
    /// Brings the latest record of each series up to date, for all that were inserted.
    Result<void> finish();

  private:
    struct Holder;
    Result<std::optional<Holder>> holder_of(std::int64_t metric_id, TimePoint date);
    Result<bool> is_copy(const Holder& holder, const MetricRecord& record, std::int64_t series_id);
    Result<bool> has_moved_before(const MetricRecord& record, const SeriesId& id, TimePoint date);
    Result<TimePoint> free_date_after(std::int64_t metric_id, TimePoint date);
    Result<void> store(const MetricRecord& record, const SeriesId& id);

    Database& database_;
    SeriesIds::Transaction& ids_;
    std::deque<MetricRecord> moved_;                                             // addresses stay
    std::unordered_map<std::int64_t, std::vector<const MetricRecord*>> stored_;  // by series
};

/// Writes `record` to the arrivals at the date it has, which the caller knows to be free.
Result<void> write_arrival(Database& database, const SeriesId& id, const MetricRecord& record);
/// Makes `record` the latest of its series unless a newer one is.
Result<void> raise_latest(Database& database, std::int64_t series_id, const MetricRecord& record);

}  // namespace dsdash::embedded
