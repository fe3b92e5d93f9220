#pragma once

#include <map>
#include <optional>

#include "embedded/hub_tables/rollup.hpp"

namespace dsdash::embedded {

/// Moves records from the arrivals to the history, hour by hour. Each step is one transaction that
/// moves some of the oldest records of finished hours, sorted by series, and adds them to the
/// hourly roll-ups, so that a crash at any point leaves every record in exactly one of the two.
class SeriesMover {
  public:
    /// Bounds how long a step holds up the writers in its group: some 10 ms.
    static constexpr std::int64_t kStepRows = 2'000;

    explicit SeriesMover(Database& database) : database_(database) {}

    /// Moves at most kStepRows records older than `horizon`; how many it moved.
    Result<std::size_t> step(TimePoint horizon);

  private:
    using RollUps = std::map<RollUpSubject, RollUp>;  // of one hour

    Result<std::optional<Hour>> oldest_hour();
    Result<std::int64_t> move_hour(Hour hour, std::int64_t rows_max);
    Result<std::int64_t> move_metric(std::int64_t metric_id, Hour hour, std::int64_t rows_max,
                                     RollUps& roll_ups);
    Result<void> add_arrivals(std::int64_t metric_id, std::int64_t last_ts, RollUps& roll_ups);

    Database& database_;
};

/// Records before it belong to finished hours at `now`; five minutes are left for those under way.
[[nodiscard]] TimePoint moving_horizon(TimePoint now);

}  // namespace dsdash::embedded
