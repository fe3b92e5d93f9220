#pragma once

#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/rollup.hpp"
#include "embedded/hub_tables/series_ids.hpp"

namespace dsdash::embedded {

/// Single records by their key, inside one transaction of RecordTable::edit().
class RecordEditor {
  public:
    RecordEditor(Database& database, SeriesIds::Transaction& ids)
        : database_(database), ids_(ids) {}

    Result<std::optional<MetricRecord>> find(const RecordKey& key);
    /// Stores `record` at its very date, in the place of the one that stands there.
    Result<void> put(const MetricRecord& record);
    /// Reads from the table which records came before the latest of `series`: put() knows those
    /// only that came in the order of their dates. If more are known already, those stay.
    Result<void> recall_previous_dates(const SeriesKey& series);
    /// Takes the previous dates of `latest`, if it is the latest here too and fewer are known.
    Result<void> note_previous_dates(const LatestRecord& latest);
    /// Whether there was one.
    Result<bool> remove(const RecordKey& key);

  private:
    struct Place;
    Result<std::optional<Place>> place_of(const RecordKey& key);
    Result<void> remove_from_history(const Place& place);
    Result<void> lower_latest(const Place& place);
    Result<void> note_previous_dates(std::int64_t series_id, TimePoint newest,
                                     std::span<const TimePoint> previous_dates);

    Database& database_;
    SeriesIds::Transaction& ids_;
};

}  // namespace dsdash::embedded
