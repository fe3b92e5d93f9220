#include "embedded/hub_tables/record_expiry.hpp"

#include <vector>

#include "embedded/hub_tables/record_table_row.hpp"

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

Result<void> RecordExpiry::keep_for(std::optional<std::chrono::days> days) {
    auto changed = days ? database_.run("INSERT OR REPLACE INTO record_retention VALUES (1, ?)",
                                        std::int64_t{days->count()})
                        : database_.run("DELETE FROM record_retention");
    if (!changed) return std::unexpected(std::move(changed.error()));
    return {};
}

Result<std::optional<std::chrono::days>> RecordExpiry::kept_for() {
    auto days = number_in(database_.query("SELECT days FROM record_retention"));
    if (!days) return std::unexpected(std::move(days.error()));
    return *days ? std::optional(std::chrono::days(**days)) : std::nullopt;
}

Result<std::size_t> RecordExpiry::step(TimePoint now) {
    auto days = kept_for();
    if (!days) return std::unexpected(std::move(days.error()));
    if (!*days) return 0;
    const TimePoint end = std::chrono::floor<std::chrono::hours>(now - **days);
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
        const auto hour = hour_of(to_time(**oldest));
        auto last = last_to_go(metric_id, hour, rows_max - taken);
        if (!last) return std::unexpected(std::move(last.error()));
        auto deleted = delete_until(metric_id, hour, **last);
        if (!deleted) return deleted;
        taken += *deleted;
    }
    return taken;
}

Result<std::int64_t> RecordExpiry::delete_until(std::int64_t metric_id, Hour hour,
                                                std::int64_t last_ts) {
    auto series = numbers_in(database_.query(
        "SELECT DISTINCT series_id FROM history WHERE hour = ? AND metric_id = ? AND ts <= ?", hour,
        metric_id, last_ts));
    if (!series) return std::unexpected(std::move(series.error()));
    auto arrivals =
        database_.run("DELETE FROM arrival WHERE metric_id = ? AND ts <= ?", metric_id, last_ts);
    if (!arrivals) return arrivals;
    auto moved_on =
        database_.run("DELETE FROM history WHERE hour = ? AND metric_id = ? AND ts <= ?", hour,
                      metric_id, last_ts);
    if (!moved_on) return moved_on;
    if (auto recomputed = recompute_hour(database_, metric_id, *series, hour); !recomputed) {
        return std::unexpected(std::move(recomputed.error()));
    }
    auto forgotten =
        database_.run("DELETE FROM moved WHERE metric_id = ?1 AND original_ts <= ?2 AND ts <= ?2",
                      metric_id, last_ts);
    if (!forgotten) return forgotten;
    return *arrivals + *moved_on;
}

Result<OptionalNumber> RecordExpiry::oldest_of(std::int64_t metric_id) {
    return number_in(database_.query(
        "SELECT min(ts) FROM ("
        " SELECT min(ts) AS ts FROM arrival WHERE metric_id = ?1"
        " UNION ALL"
        " SELECT min(ts) FROM history WHERE metric_id = ?1"
        "  AND hour = (SELECT min(hour) FROM hourly WHERE subject = 1 AND id = ?1))",
        metric_id));
}

Result<OptionalNumber> RecordExpiry::last_to_go(std::int64_t metric_id, Hour hour,
                                                std::int64_t rows_max) {
    return number_in(
        database_.query("SELECT max(ts) FROM (SELECT ts FROM ("
                        " SELECT * FROM (SELECT ts FROM arrival WHERE metric_id = ?1 AND ts < ?4"
                        "  ORDER BY ts LIMIT ?3)"
                        " UNION ALL"
                        " SELECT * FROM (SELECT ts FROM history WHERE hour = ?2 AND metric_id = ?1"
                        "  ORDER BY ts LIMIT ?3)) ORDER BY ts LIMIT ?3)",
                        metric_id, hour, rows_max, to_stored(start_of(hour + 1))));
}

}  // namespace dsdash::embedded
