#include "embedded/hub_tables/record_table_edit.hpp"

#include <algorithm>
#include <array>

#include "domain/series_state.hpp"
#include "embedded/hub_tables/record_table_insert.hpp"
#include "embedded/hub_tables/record_table_page.hpp"
#include "embedded/hub_tables/record_table_row.hpp"
#include "embedded/hub_tables/series_history.hpp"

namespace dsdash::embedded {

/// Where a record stands.
struct RecordEditor::Place {
    std::int64_t metric;
    std::int64_t series;
    TimePoint date;
    bool in_history;
};

Result<std::optional<MetricRecord>> RecordEditor::find(const RecordKey& key) {
    return find_record(database_, key);
}

Result<void> RecordEditor::put(const MetricRecord& record) {
    auto removed = remove({record.series.metric_name, record.extraction_date});
    if (!removed) return std::unexpected(removed.error());
    auto id = ids_.id_of(record.series);
    if (!id) return std::unexpected(id.error());
    if (auto written = write_arrival(database_, *id, record); !written) return written;
    return raise_latest(database_, id->series, record);
}

Result<void> RecordEditor::recall_previous_dates(const SeriesKey& series) {
    const auto id = find_series(database_, series);
    if (!id) return std::unexpected(id.error());
    if (!*id) return {};
    const auto newest = SeriesHistory::of_series(database_, (*id)->metric, (*id)->series)
                            .samples({.series = series,
                                      .from = TimePoint::min(),
                                      .to = TimePoint::max(),
                                      .limit = kPreviousDatesMax + 1});
    if (!newest) return std::unexpected(newest.error());
    if (newest->empty()) return {};
    std::vector<TimePoint> dates;
    for (const auto& sample : *newest) dates.push_back(sample.extraction_date);
    return note_previous_dates((*id)->series, dates.front(), std::span(dates).subspan(1));
}

Result<void> RecordEditor::note_previous_dates(const LatestRecord& latest) {
    const auto id = find_series(database_, latest.series);
    if (!id) return std::unexpected(id.error());
    if (!*id) return {};
    return note_previous_dates((*id)->series, latest.extraction_date, latest.previous_dates);
}

Result<void> RecordEditor::note_previous_dates(std::int64_t series_id, TimePoint newest,
                                               std::span<const TimePoint> previous_dates) {
    std::array<std::optional<std::int64_t>, kPreviousDatesMax> dates;
    const auto count = std::min(dates.size(), previous_dates.size());
    for (std::size_t i = 0; i < count; ++i) dates.at(i) = to_stored(previous_dates[i]);
    const auto noted = database_.run(
        "UPDATE latest SET previous_1 = ?3, previous_2 = ?4, previous_3 = ?5, previous_4 = ?6,"
        " previous_5 = ?7 WHERE series_id = ?1 AND ts = ?2"
        " AND (previous_1 IS NOT NULL) + (previous_2 IS NOT NULL) + (previous_3 IS NOT NULL)"
        "  + (previous_4 IS NOT NULL) + (previous_5 IS NOT NULL) < ?8",
        series_id, to_stored(newest), dates[0], dates[1], dates[2], dates[3], dates[4],
        static_cast<std::int64_t>(count));
    if (!noted) return std::unexpected(noted.error());
    return {};
}

Result<bool> RecordEditor::remove(const RecordKey& key) {
    auto place = place_of(key);
    if (!place) return std::unexpected(place.error());
    if (!*place) return false;
    const auto ts = to_stored(key.extraction_date);
    auto forgotten = database_.run(
        "DELETE FROM moved WHERE metric_id = ?1 AND ts = ?2 AND original_ts ="
        " (SELECT original_ts FROM arrival WHERE metric_id = ?1 AND ts = ?2"
        "  UNION ALL"
        "  SELECT original_ts FROM history WHERE hour = ?3 AND metric_id = ?1 AND ts = ?2)",
        (*place)->metric, ts, hour_of(key.extraction_date));
    if (!forgotten) return std::unexpected(forgotten.error());
    if ((*place)->in_history) {
        if (auto removed = remove_from_history(**place); !removed) {
            return std::unexpected(removed.error());
        }
    } else {
        auto removed = database_.run("DELETE FROM arrival WHERE metric_id = ? AND ts = ?",
                                     (*place)->metric, ts);
        if (!removed) return std::unexpected(removed.error());
    }
    if (auto lowered = lower_latest(**place); !lowered) return std::unexpected(lowered.error());
    return true;
}

Result<std::optional<RecordEditor::Place>> RecordEditor::place_of(const RecordKey& key) {
    auto metric = find_metric(database_, key.metric_name);
    if (!metric) return std::unexpected(metric.error());
    if (!*metric) return std::nullopt;
    Rows rows = database_.query(
        "SELECT series_id, 0 FROM arrival WHERE metric_id = ?1 AND ts = ?2"
        " UNION ALL"
        " SELECT series_id, 1 FROM history WHERE hour = ?3 AND metric_id = ?1 AND ts = ?2",
        **metric, to_stored(key.extraction_date), hour_of(key.extraction_date));
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    return Place{.metric = **metric,
                 .series = rows.integer(0),
                 .date = key.extraction_date,
                 .in_history = rows.integer(1) == 1};
}

Result<void> RecordEditor::remove_from_history(const Place& place) {
    auto removed = database_.run(
        "DELETE FROM history WHERE hour = ? AND metric_id = ? AND series_id = ? AND ts = ?",
        hour_of(place.date), place.metric, place.series, to_stored(place.date));
    if (!removed) return std::unexpected(removed.error());
    return recompute_hour(database_, place.metric, {&place.series, 1}, hour_of(place.date));
}

Result<void> RecordEditor::lower_latest(const Place& place) {
    auto removed = database_.run("DELETE FROM latest WHERE series_id = ? AND ts = ?", place.series,
                                 to_stored(place.date));
    if (!removed) return std::unexpected(removed.error());
    if (*removed == 0) return {};
    auto found = database_.run(
        "INSERT INTO latest(series_id, ts, value, event_id, metadata, original_ts, delay_ms)"
        " SELECT series_id, ts, value, event_id, metadata, original_ts, delay_ms FROM ("
        "  SELECT * FROM (SELECT series_id, ts, value, event_id, metadata, original_ts, delay_ms"
        "   FROM arrival WHERE metric_id = ?1 AND series_id = ?2 ORDER BY ts DESC LIMIT 1)"
        "  UNION ALL"
        "  SELECT * FROM (SELECT series_id, ts, value, event_id, metadata, original_ts, delay_ms"
        "   FROM history WHERE hour ="
        "     (SELECT max(hour) FROM hourly WHERE subject = 0 AND id = ?2)"
        "    AND metric_id = ?1 AND series_id = ?2 ORDER BY ts DESC LIMIT 1))"
        " ORDER BY ts DESC LIMIT 1",
        place.metric, place.series);
    if (!found) return std::unexpected(found.error());
    return {};
}

}  // namespace dsdash::embedded
