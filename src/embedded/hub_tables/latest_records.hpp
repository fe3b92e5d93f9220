#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "embedded/hub_tables/record_table_row.hpp"
#include "services/metric_table.hpp"

namespace dsdash::embedded {

/// Reads the newest record of every series. The series' names and their order are kept in memory,
/// since to join and sort them takes longer than all the rest. Any thread may call it.
class LatestRecords {
  public:
    /// Ordered by series.
    Result<std::vector<LatestRecord>> read(Database& database);

  private:
    struct Place {
        std::int64_t series_id;
        std::size_t index;  ///< in `keys`
    };
    struct AllSeries {
        std::vector<SeriesKey> keys;  ///< in their order
        std::vector<Place> places;    ///< by id
    };

    Result<std::shared_ptr<const AllSeries>> all_series(Database& database);

    std::mutex mutex_;
    std::shared_ptr<const AllSeries> known_ = std::make_shared<AllSeries>();  // guarded by mutex_
    std::int64_t newest_known_ = 0;                                           // likewise: an id
};

}  // namespace dsdash::embedded
