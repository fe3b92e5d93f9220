#include "embedded/hub_tables/series_mover.hpp"

#include <map>

#include "embedded/hub_tables/record_table_row.hpp"

namespace dsdash::embedded {

namespace {

constexpr std::chrono::minutes kGrace{5};

}  // namespace

TimePoint moving_horizon(TimePoint now) {
    return std::chrono::floor<std::chrono::hours>(now - kGrace);
}

Result<std::size_t> SeriesMover::step(TimePoint horizon) {
    std::int64_t moved = 0;
    Rows metrics = database_.query("SELECT metric_id FROM metric ORDER BY metric_id");
    while (moved < kStepRows) {
        auto row = metrics.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        auto of_metric = move_metric(metrics.integer(0), horizon, kStepRows - moved);
        if (!of_metric) return std::unexpected(of_metric.error());
        moved += *of_metric;
    }
    return static_cast<std::size_t>(moved);
}

Result<std::int64_t> SeriesMover::move_metric(std::int64_t metric_id, TimePoint horizon,
                                              std::int64_t rows_max) {
    Rows last = database_.query(
        "SELECT max(ts) FROM (SELECT ts FROM arrival WHERE metric_id = ? AND ts < ?"
        " ORDER BY ts LIMIT ?)",
        metric_id, to_stored(horizon), rows_max);
    auto row = last.next();
    if (!row) return std::unexpected(row.error());
    if (last.is_null(0)) return 0;
    const auto last_ts = last.integer(0);

    if (auto added = add_to_roll_ups(metric_id, last_ts); !added) {
        return std::unexpected(added.error());
    }
    auto copied = database_.run(
        "INSERT INTO history(series_id, ts, metric_id, project_id, value, event_id, metadata,"
        "  original_ts)"
        " SELECT a.series_id, a.ts, a.metric_id, s.project_id, a.value, a.event_id, a.metadata,"
        "  a.original_ts"
        " FROM arrival a CROSS JOIN series s ON s.series_id = a.series_id"
        " WHERE a.metric_id = ? AND a.ts <= ? ORDER BY a.series_id, a.ts",
        metric_id, last_ts);
    if (!copied) return std::unexpected(copied.error());
    return database_.run("DELETE FROM arrival WHERE metric_id = ? AND ts <= ?", metric_id, last_ts);
}

Result<void> SeriesMover::add_to_roll_ups(std::int64_t metric_id, std::int64_t last_ts) {
    std::map<std::pair<RollUpSubject, Hour>, RollUp> hours;
    Rows rows =
        database_.query("SELECT series_id, ts, value FROM arrival WHERE metric_id = ? AND ts <= ?",
                        metric_id, last_ts);
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        const auto time = to_time(rows.integer(1));
        const RollUpSubject series{RollUpSubject::Kind::series, rows.integer(0)};
        const RollUpSubject metric{RollUpSubject::Kind::metric, metric_id};
        hours[{series, hour_of(time)}].add(time, rows.real(2));
        hours[{metric, hour_of(time)}].add(time, rows.real(2));
    }
    for (const auto& [key, roll_up] : hours) {
        if (auto merged = merge_hour(database_, key.first, key.second, roll_up); !merged) {
            return merged;
        }
    }
    return {};
}

}  // namespace dsdash::embedded
