#include "embedded/hub_tables/series_mover.hpp"

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
    while (moved < kStepRows) {
        auto hour = oldest_hour();
        if (!hour) return std::unexpected(hour.error());
        if (!*hour || start_of(**hour) >= horizon) break;
        auto of_hour = move_hour(**hour, kStepRows - moved);
        if (!of_hour) return std::unexpected(of_hour.error());
        moved += *of_hour;
    }
    return static_cast<std::size_t>(moved);
}

Result<std::optional<Hour>> SeriesMover::oldest_hour() {
    // One seek a metric: min() over all arrivals would read every one.
    Rows rows = database_.query(
        "SELECT min(first) FROM (SELECT"
        " (SELECT min(ts) FROM arrival a WHERE a.metric_id = m.metric_id) AS first FROM metric m)");
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (rows.is_null(0)) return std::nullopt;
    return hour_of(to_time(rows.integer(0)));
}

Result<std::int64_t> SeriesMover::move_hour(Hour hour, std::int64_t rows_max) {
    std::int64_t moved = 0;
    RollUps roll_ups;
    Rows metrics = database_.query("SELECT metric_id FROM metric ORDER BY metric_id");
    while (moved < rows_max) {
        auto row = metrics.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        auto of_metric = move_metric(metrics.integer(0), hour, rows_max - moved, roll_ups);
        if (!of_metric) return std::unexpected(of_metric.error());
        moved += *of_metric;
    }
    for (const auto& [subject, roll_up] : roll_ups) {
        if (auto merged = merge_hour(database_, subject, hour, roll_up); !merged) {
            return std::unexpected(merged.error());
        }
    }
    return moved;
}

Result<std::int64_t> SeriesMover::move_metric(std::int64_t metric_id, Hour hour,
                                              std::int64_t rows_max, RollUps& roll_ups) {
    Rows last = database_.query(
        "SELECT max(ts) FROM (SELECT ts FROM arrival WHERE metric_id = ? AND ts < ?"
        " ORDER BY ts LIMIT ?)",
        metric_id, to_stored(start_of(hour + 1)), rows_max);
    auto row = last.next();
    if (!row) return std::unexpected(row.error());
    if (last.is_null(0)) return 0;
    const auto last_ts = last.integer(0);

    if (auto added = add_arrivals(metric_id, last_ts, roll_ups); !added) {
        return std::unexpected(added.error());
    }
    auto copied = database_.run(
        "INSERT INTO history(hour, metric_id, series_id, ts, value, event_id, metadata,"
        "  original_ts, delay_ms)"
        " SELECT ?, metric_id, series_id, ts, value, event_id, metadata, original_ts, delay_ms"
        " FROM arrival WHERE metric_id = ? AND ts <= ? ORDER BY series_id, ts",
        hour, metric_id, last_ts);
    if (!copied) return std::unexpected(copied.error());
    return database_.run("DELETE FROM arrival WHERE metric_id = ? AND ts <= ?", metric_id, last_ts);
}

Result<void> SeriesMover::add_arrivals(std::int64_t metric_id, std::int64_t last_ts,
                                       RollUps& roll_ups) {
    using Kind = RollUpSubject::Kind;
    Rows rows = database_.query(
        "SELECT a.series_id, s.project_id, a.ts, a.value"
        " FROM arrival a CROSS JOIN series s ON s.series_id = a.series_id"
        " WHERE a.metric_id = ? AND a.ts <= ?",
        metric_id, last_ts);
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        const auto time = to_time(rows.integer(2));
        const auto value = rows.real(3);
        roll_ups[{Kind::series, rows.integer(0)}].add(time, value);
        roll_ups[{Kind::project, rows.integer(1)}].add(time, value);
        roll_ups[{Kind::metric, metric_id}].add(time, value);
    }
}

}  // namespace dsdash::embedded
