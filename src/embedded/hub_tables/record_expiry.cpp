#include "embedded/hub_tables/record_expiry.hpp"

#include <vector>

#include "embedded/hub_tables/record_table_row.hpp"
#include "embedded/hub_tables/rollup.hpp"

namespace dsdash::embedded {

namespace {

using OptionalNumber = std::optional<std::int64_t>;

/// The number that the first row of `rows` has; nothing when it is NULL or there is no row.
Result<OptionalNumber> number_in(Rows rows) {
    auto row = rows.next();
    if (!row) return std::unexpected(std::move(row.error()));
    return *row && !rows.is_null(0) ? OptionalNumber{rows.integer(0)} : std::nullopt;
}

Result<std::vector<std::int64_t>> numbers_in(Rows rows) {
    std::vector<std::int64_t> numbers;
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(std::move(row.error()));
        if (!*row) return numbers;
        numbers.push_back(rows.integer(0));
    }
}

}  // namespace

const char* RecordExpiry::schema() {
    return R"sql(
-- No row: records are kept for ever.
CREATE TABLE IF NOT EXISTS record_retention(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  days INTEGER NOT NULL) STRICT;
)sql";
}

Result<void> RecordExpiry::keep_for(std::optional<int> days) {
    auto changed = days ? database_.run("INSERT OR REPLACE INTO record_retention VALUES (1, ?)",
                                        std::int64_t{*days})
                        : database_.run("DELETE FROM record_retention");
    if (!changed) return std::unexpected(std::move(changed.error()));
    return {};
}

Result<std::optional<int>> RecordExpiry::kept_for() {
    auto days = number_in(database_.query("SELECT days FROM record_retention"));
    if (!days) return std::unexpected(std::move(days.error()));
    return *days ? std::optional(static_cast<int>(**days)) : std::nullopt;
}

Result<std::size_t> RecordExpiry::step(TimePoint now) {
    auto days = kept_for();
    if (!days) return std::unexpected(std::move(days.error()));
    if (!*days) return 0;
    const TimePoint end = std::chrono::floor<std::chrono::hours>(now - std::chrono::days(**days));
    auto metrics = numbers_in(database_.query("SELECT metric_id FROM metric ORDER BY metric_id"));
    if (!metrics) return std::unexpected(std::move(metrics.error()));
    std::int64_t taken = 0;
    for (const auto metric : *metrics) {
        auto of_metric = expire_metric(metric, to_stored(end), kStepRows - taken);
        if (!of_metric) return std::unexpected(std::move(of_metric.error()));
        taken += *of_metric;
    }
    return static_cast<std::size_t>(taken);
}

Result<std::int64_t> RecordExpiry::expire_metric(std::int64_t metric_id, std::int64_t end_ts,
                                                 std::int64_t rows_max) {
    std::int64_t taken = 0;
    while (taken < rows_max) {
        auto oldest = oldest_of(metric_id);
        if (!oldest) return std::unexpected(std::move(oldest.error()));
        if (!*oldest || **oldest >= end_ts) break;
        const TimePoint hour = std::chrono::floor<std::chrono::hours>(to_time(**oldest));
        if (auto dropped = drop_roll_ups(metric_id, hour); !dropped) {
            return std::unexpected(std::move(dropped.error()));
        }
        const auto hour_end = to_stored(hour + std::chrono::hours(1));
        auto last = last_to_go(metric_id, hour_end, rows_max - taken);
        if (!last) return std::unexpected(std::move(last.error()));
        for (const auto* sql : {"DELETE FROM arrival WHERE metric_id = ? AND ts <= ?",
                                "DELETE FROM history WHERE metric_id = ? AND ts <= ?"}) {
            auto deleted = database_.run(sql, metric_id, **last);
            if (!deleted) return deleted;
            taken += *deleted;
        }
        auto forgotten = database_.run(
            "DELETE FROM moved WHERE metric_id = ?1 AND original_ts <= ?2 AND ts <= ?2", metric_id,
            **last);
        if (!forgotten) return forgotten;
    }
    return taken;
}

Result<OptionalNumber> RecordExpiry::oldest_of(std::int64_t metric_id) {
    return number_in(
        database_.query("SELECT min(ts) FROM ("
                        " SELECT min(ts) AS ts FROM arrival WHERE metric_id = ?1"
                        " UNION ALL"
                        " SELECT min(ts) FROM history WHERE metric_id = ?1)",
                        metric_id));
}

Result<OptionalNumber> RecordExpiry::last_to_go(std::int64_t metric_id, std::int64_t end_ts,
                                                std::int64_t rows_max) {
    return number_in(
        database_.query("SELECT max(ts) FROM (SELECT ts FROM ("
                        " SELECT * FROM (SELECT ts FROM arrival WHERE metric_id = ?1 AND ts < ?2"
                        "  ORDER BY ts LIMIT ?3)"
                        " UNION ALL"
                        " SELECT * FROM (SELECT ts FROM history WHERE metric_id = ?1 AND ts < ?2"
                        "  ORDER BY ts LIMIT ?3)) ORDER BY ts LIMIT ?3)",
                        metric_id, end_ts, rows_max));
}

Result<void> RecordExpiry::drop_roll_ups(std::int64_t metric_id, TimePoint hour) {
    auto series = numbers_in(database_.query(
        "SELECT DISTINCT series_id FROM history WHERE metric_id = ? AND ts >= ? AND ts < ?",
        metric_id, to_stored(hour), to_stored(hour + std::chrono::hours(1))));
    if (!series) return std::unexpected(std::move(series.error()));
    for (const auto id : *series) {
        auto dropped =
            replace_hour(database_, {RollUpSubject::Kind::series, id}, hour_of(hour), {});
        if (!dropped) return dropped;
    }
    return replace_hour(database_, {RollUpSubject::Kind::metric, metric_id}, hour_of(hour), {});
}

}  // namespace dsdash::embedded
