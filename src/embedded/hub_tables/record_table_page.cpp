#include "embedded/hub_tables/record_table_page.hpp"

#include "embedded/hub_tables/record_table_row.hpp"
#include "embedded/hub_tables/series_ids.hpp"

namespace dsdash::embedded {

namespace {

constexpr auto kOneMicrosecond = std::chrono::microseconds(1);

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
    auto metric = find_metric(database, key.metric_name);
    if (!metric) return std::unexpected(metric.error());
    if (!*metric) return std::nullopt;
    return read_first_record(
        database.query("SELECT metric_name, project_name, environment, account_id, ts, value,"
                       "  event_id, metadata, original_ts"
                       " FROM stored_record WHERE metric_id = ? AND ts = ?",
                       **metric, to_stored(key.extraction_date)));
}

Result<std::vector<MetricRecord>> page_by_metric(Database& database, std::int64_t metric_id,
                                                 const RecordRange& range) {
    constexpr std::string_view kForward =
        "SELECT metric_name, project_name, environment, account_id, ts, value, event_id, metadata,"
        "  original_ts"
        " FROM stored_record WHERE metric_id = ? AND ts >= ? AND ts <= ? ORDER BY ts LIMIT ?";
    constexpr std::string_view kBackward =
        "SELECT metric_name, project_name, environment, account_id, ts, value, event_id, metadata,"
        "  original_ts"
        " FROM stored_record WHERE metric_id = ? AND ts >= ? AND ts <= ? ORDER BY ts DESC LIMIT ?";
    return read_records(database.query(range.forward ? kForward : kBackward, metric_id,
                                       to_stored(range.from), to_stored(range.to),
                                       static_cast<std::int64_t>(range.limit)));
}

Result<std::vector<MetricRecord>> page_by_project(Database& database, std::int64_t project_id,
                                                  const RecordRange& range,
                                                  const std::optional<ProjectPosition>& after) {
    constexpr std::string_view kForward =
        "SELECT metric_name, project_name, environment, account_id, ts, value, event_id, metadata,"
        "  original_ts"
        " FROM stored_record WHERE project_id = ? AND ts >= ? AND ts <= ? AND (ts > ? OR metric_id "
        "> ?)"
        " ORDER BY ts, metric_id LIMIT ?";
    constexpr std::string_view kBackward =
        "SELECT metric_name, project_name, environment, account_id, ts, value, event_id, metadata,"
        "  original_ts"
        " FROM stored_record WHERE project_id = ? AND ts >= ? AND ts <= ? AND (ts < ? OR metric_id "
        "< ?)"
        " ORDER BY ts DESC, metric_id DESC LIMIT ?";
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
    return read_records(database.query(range.forward ? kForward : kBackward, project_id,
                                       to_stored(from), to_stored(to), to_stored(start.date),
                                       start.metric_id, static_cast<std::int64_t>(range.limit)));
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
