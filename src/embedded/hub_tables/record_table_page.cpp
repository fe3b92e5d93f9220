#include "embedded/hub_tables/record_table_page.hpp"

#include <fmt/format.h>

#include "embedded/hub_tables/record_table_row.hpp"
#include "embedded/hub_tables/rollup.hpp"
#include "embedded/hub_tables/series_ids.hpp"

namespace dsdash::embedded {

namespace {

constexpr auto kOneMicrosecond = std::chrono::microseconds(1);

constexpr std::string_view kArrivalColumns =
    "a.metric_id, a.series_id, a.ts, a.value, a.event_id, a.metadata, a.original_ts, a.delay_ms";
constexpr std::string_view kHistoryColumns =
    "h.metric_id, h.series_id, h.ts, h.value, h.event_id, h.metadata, h.original_ts, h.delay_ms";

/// What read_record() reads, of the records that `records` selects. The joins' order is given: the
/// planner's own starts with the series, which is no way to read one page.
std::string with_names(std::string_view records) {
    return fmt::format(
        "SELECT metric_name, project_name, environment, account_id, ts, value, event_id, metadata,"
        "  original_ts, delay_ms"
        " FROM ({}) e CROSS JOIN series s ON s.series_id = e.series_id"
        "  CROSS JOIN metric m ON m.metric_id = e.metric_id"
        "  CROSS JOIN project p ON p.project_id = s.project_id",
        records);
}

/// A query for a page in both directions: the arrivals' part and the history's are each read up to
/// the limit, in the page's order.
class PageSql {
  public:
    /// In the parts, {columns}, {descending} and {beyond} (> or <) stand for what differs.
    PageSql(std::string_view of_arrivals, std::string_view of_history)
        : forward_(both_parts(of_arrivals, of_history, "", ">")),
          backward_(both_parts(of_arrivals, of_history, "DESC", "<")) {}

    [[nodiscard]] const std::string& in(bool forward) const {
        return forward ? forward_ : backward_;
    }

  private:
    static std::string both_parts(std::string_view of_arrivals, std::string_view of_history,
                                  std::string_view descending, std::string_view beyond) {
        const auto part = [&](std::string_view text, std::string_view columns) {
            return fmt::format(fmt::runtime(text), fmt::arg("columns", columns),
                               fmt::arg("descending", descending), fmt::arg("beyond", beyond));
        };
        const auto records =
            fmt::format("SELECT * FROM ({}) UNION ALL SELECT * FROM ({})",
                        part(of_arrivals, kArrivalColumns), part(of_history, kHistoryColumns));
        return fmt::format("{0} ORDER BY ts {1}, e.metric_id {1} LIMIT ?6", with_names(records),
                           descending);
    }

    std::string forward_;
    std::string backward_;
};

Result<std::optional<std::int64_t>> next_metric(Database& database, std::int64_t from,
                                                const ScanSegment& segment) {
    Rows rows = database.query(
        "SELECT metric_id FROM metric WHERE metric_id >= ? AND metric_id % ? = ?"
        " ORDER BY metric_id LIMIT 1",
        from, segment.total, segment.index);
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    return rows.integer(0);
}

}  // namespace

Result<std::optional<MetricRecord>> find_record(Database& database, const RecordKey& key) {
    static const std::string kSql = with_names(
        fmt::format("SELECT {} FROM arrival a WHERE metric_id = ?1 AND ts = ?2 UNION ALL"
                    " SELECT {} FROM history h WHERE hour = ?3 AND metric_id = ?1 AND ts = ?2",
                    kArrivalColumns, kHistoryColumns));
    auto metric = find_metric(database, key.metric_name);
    if (!metric) return std::unexpected(metric.error());
    if (!*metric) return std::nullopt;
    return read_first_record(database.query(kSql, **metric, to_stored(key.extraction_date),
                                            hour_of(key.extraction_date)));
}

Result<std::vector<MetricRecord>> page_by_metric(Database& database, std::int64_t metric_id,
                                                 const RecordRange& range) {
    // The roll-ups name the hours to look into. As the hours come in order, the history is read no
    // further than to the end of the hour that fills the page.
    static const PageSql kSql(
        "SELECT {columns} FROM arrival a WHERE a.metric_id = ?1 AND a.ts >= ?2 AND a.ts <= ?3"
        " ORDER BY a.ts {descending} LIMIT ?6",
        "SELECT {columns} FROM hourly r CROSS JOIN history h"
        "  ON h.hour = r.hour AND h.metric_id = r.id"
        " WHERE r.subject = 1 AND r.id = ?1 AND r.hour >= ?4 AND r.hour <= ?5"
        "  AND h.ts >= ?2 AND h.ts <= ?3"
        " ORDER BY r.hour {descending}, h.ts {descending} LIMIT ?6");
    return read_records(database.query(kSql.in(range.forward), metric_id, to_stored(range.from),
                                       to_stored(range.to), hour_of(range.from), hour_of(range.to),
                                       static_cast<std::int64_t>(range.limit)));
}

Result<std::vector<MetricRecord>> page_by_project(Database& database, std::int64_t project_id,
                                                  const RecordRange& range,
                                                  const std::optional<ProjectPosition>& after) {
    static const PageSql kSql(
        "SELECT {columns}"
        " FROM (SELECT DISTINCT metric_id FROM series WHERE project_id = ?1) m"
        "  CROSS JOIN arrival a ON a.metric_id = m.metric_id"
        "  CROSS JOIN series s ON s.series_id = a.series_id AND s.project_id = ?1"
        " WHERE a.ts >= ?2 AND a.ts <= ?3 AND (a.ts {beyond} ?7 OR a.metric_id {beyond} ?8)"
        " ORDER BY a.ts {descending}, a.metric_id {descending} LIMIT ?6",
        "SELECT {columns} FROM hourly r CROSS JOIN series s ON s.project_id = r.id"
        "  CROSS JOIN history h ON h.hour = r.hour AND h.metric_id = s.metric_id"
        "   AND h.series_id = s.series_id"
        " WHERE r.subject = 2 AND r.id = ?1 AND r.hour >= ?4 AND r.hour <= ?5"
        "  AND h.ts >= ?2 AND h.ts <= ?3 AND (h.ts {beyond} ?7 OR h.metric_id {beyond} ?8)"
        " ORDER BY r.hour {descending}, h.ts {descending}, h.metric_id {descending} LIMIT ?6");
    auto from = range.from;
    auto to = range.to;
    // Without a key to start behind, one that nothing stands at: every metric id is positive.
    auto start = ProjectPosition{range.forward ? from : to,
                                 range.forward ? 0 : std::numeric_limits<std::int64_t>::max()};
    if (after) {
        (range.forward ? from : to) =
            range.forward ? std::max(from, after->date) : std::min(to, after->date);
        start = *after;
    }
    return read_records(database.query(kSql.in(range.forward), project_id, to_stored(from),
                                       to_stored(to), hour_of(from), hour_of(to),
                                       static_cast<std::int64_t>(range.limit),
                                       to_stored(start.date), start.metric_id));
}

Result<std::vector<MetricRecord>> scan_records(Database& database,
                                               const std::optional<RecordKey>& after,
                                               const ScanSegment& segment, std::size_t limit) {
    std::int64_t metric_from = 0;
    RecordRange range{.limit = limit};
    if (after) {
        auto metric = find_metric(database, after->metric_name);
        if (!metric) return std::unexpected(metric.error());
        if (!*metric) return fail(ErrorKind::not_found, "no record has that MetricName");
        metric_from = **metric;
        range.from = after->extraction_date + kOneMicrosecond;
    }
    std::vector<MetricRecord> records;
    while (records.size() < limit) {
        auto metric = next_metric(database, metric_from, segment);
        if (!metric) return std::unexpected(metric.error());
        if (!*metric) break;
        // Only within the metric of `after` does its date count, and that may be of another
        // segment.
        if (**metric != metric_from) range.from = TimePoint::min();
        range.limit = limit - records.size();
        auto page = page_by_metric(database, **metric, range);
        if (!page) return page;
        records.insert(records.end(), std::make_move_iterator(page->begin()),
                       std::make_move_iterator(page->end()));
        metric_from = **metric + 1;
        range.from = TimePoint::min();
    }
    return records;
}

}  // namespace dsdash::embedded
