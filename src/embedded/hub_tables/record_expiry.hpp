#pragma once

#include <optional>

#include "domain/utc_time.hpp"
#include "embedded/hub_tables/rollup.hpp"

namespace dsdash::embedded {

/// Takes records out that are older than the table is to keep them. Each step is one transaction
/// that takes whole hours, oldest first, with their roll-ups, or a part of an hour that has more
/// records than a step may take. What is told as the latest of a series stays, however old.
class RecordExpiry {
  public:
    /// Bounds how long a step holds up the writers in its group, as SeriesMover's.
    static constexpr std::int64_t kStepRows = 2'000;

    explicit RecordExpiry(Database& database) : database_(database) {}
    static const char* schema();

    /// Keeps records for so many days from now on; nothing: for ever.
    Result<void> keep_for(std::optional<std::chrono::days> days);
    Result<std::optional<std::chrono::days>> kept_for();

    /// Takes out at most kStepRows records of hours that had ended the kept days before `now`; how
    /// many it took.
    Result<std::size_t> step(TimePoint now);

  private:
    Result<std::int64_t> expire_metric(std::int64_t metric_id, std::int64_t end_ts,
                                       std::int64_t rows_max);
    Result<std::optional<std::int64_t>> oldest_of(std::int64_t metric_id);
    Result<std::optional<std::int64_t>> last_to_go(std::int64_t metric_id, Hour hour,
                                                   std::int64_t rows_max);
    Result<std::int64_t> delete_until(std::int64_t metric_id, Hour hour, std::int64_t last_ts);

    Database& database_;
};

}  // namespace dsdash::embedded
