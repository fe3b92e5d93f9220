#include "embedded/hub_tables/series_history.hpp"

#include <algorithm>
#include <functional>

#include "embedded/hub_tables/record_table_row.hpp"

namespace dsdash::embedded {

namespace {

using std::chrono::ceil;
using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::microseconds;

/// A metric's records stand far apart in the history, so its roll-ups are used earlier.
constexpr auto kMetricHoursFrom = std::chrono::days(2);

Result<void> add_samples(Rows rows, std::vector<RollUp>& out) {
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        out.emplace_back().add(to_time(rows.integer(0)), rows.real(1));
    }
}

Result<void> add_records(Rows rows, const SeriesKey& series, std::vector<MetricRecord>& out) {
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        auto record = read_record(rows, series, 0);
        if (!record) return std::unexpected(record.error());
        out.push_back(*std::move(record));
    }
}

/// Stretches of a whole number of `Unit`s from a whole one on: no roll-up of a unit lies in two.
template <class Unit>
std::vector<HistoryPoint> draw_in_whole(const std::vector<RollUp>& parts, const HistorySpan& span) {
    const auto origin = floor<Unit>(span.from);
    return draw(parts, origin, ceil<Unit>(divide_up(span.to - origin, span.points_max)));
}

}  // namespace

SeriesHistory SeriesHistory::of_series(Database& database, std::int64_t metric_id,
                                       std::int64_t series_id) {
    return {database, {RollUpSubject::Kind::series, series_id}, metric_id};
}

SeriesHistory SeriesHistory::of_metric(Database& database, std::int64_t metric_id) {
    return {database, {RollUpSubject::Kind::metric, metric_id}, metric_id};
}

Result<std::vector<HistoryPoint>> SeriesHistory::read(const HistorySpan& span) {
    if (span.from == span.to) return std::vector<HistoryPoint>{};
    const auto records_max = static_cast<std::int64_t>(span.points_max);
    if (uses_days(span)) {
        auto parts = read_in_days(span);
        if (!parts) return std::unexpected(parts.error());
        if (count_records(*parts) > records_max) return draw_in_whole<days>(*parts, span);
    }
    if (uses_hours(span)) {
        auto parts = read_in_hours(span);
        if (!parts) return std::unexpected(parts.error());
        if (count_records(*parts) > records_max) return draw_in_whole<hours>(*parts, span);
    }
    auto records = read_records(span.from, span.to);
    if (!records) return std::unexpected(records.error());
    return draw(*records, span);
}

Result<std::vector<MetricRecord>> SeriesHistory::samples(const SampleQuery& query) {
    constexpr std::string_view kArrived =
        "SELECT ts, value, event_id, metadata, original_ts, delay_ms FROM arrival"
        " WHERE metric_id = ? AND ts >= ? AND ts < ? AND series_id = ? ORDER BY ts DESC LIMIT ?";
    constexpr std::string_view kMoved =
        "SELECT h.ts, h.value, h.event_id, h.metadata, h.original_ts, h.delay_ms"
        " FROM hourly r CROSS JOIN history h"
        " ON h.hour = r.hour AND h.metric_id = ?1 AND h.series_id = r.id"
        " WHERE r.subject = 0 AND r.id = ?4 AND r.hour >= ?6 AND r.hour <= ?7"
        " AND h.ts >= ?2 AND h.ts < ?3 ORDER BY r.hour DESC, h.ts DESC LIMIT ?5";
    std::vector<MetricRecord> samples;
    if (query.from >= query.to) return samples;
    const auto from = to_stored(query.from);
    const auto to = to_stored(query.to);
    const auto limit = static_cast<std::int64_t>(query.limit);
    auto read = add_records(database_.query(kArrived, metric_id_, from, to, subject_.id, limit),
                            query.series, samples);
    if (read) {
        read = add_records(database_.query(kMoved, metric_id_, from, to, subject_.id, limit,
                                           hour_of(query.from), hour_of(query.to)),
                           query.series, samples);
    }
    if (!read) return std::unexpected(read.error());
    // A record that came late may have been moved after newer ones arrived.
    std::ranges::stable_sort(samples, std::greater{}, &MetricRecord::extraction_date);
    if (samples.size() > query.limit) samples.resize(query.limit);
    return samples;
}

bool SeriesHistory::uses_days(const HistorySpan& span) {
    return divide_up(span.to - span.from, span.points_max) >= days(1);
}

bool SeriesHistory::uses_hours(const HistorySpan& span) const {
    if (subject_.kind == RollUpSubject::Kind::metric && span.to - span.from >= kMetricHoursFrom) {
        return true;
    }
    return divide_up(span.to - span.from, span.points_max) >= hours(1);
}

Result<SeriesHistory::Parts> SeriesHistory::read_records(TimePoint from, TimePoint to) {
    Parts parts;
    auto read = read_history(from, to, parts);
    if (read) read = read_arrivals(from, to, parts);
    if (!read) return std::unexpected(read.error());
    std::ranges::stable_sort(parts, {}, &RollUp::first_time);
    return parts;
}

Result<SeriesHistory::Parts> SeriesHistory::read_in_hours(const HistorySpan& span) {
    Parts parts;
    auto read = read_moved_in_hours(span.from, span.to, parts);
    if (read) read = read_arrivals(span.from, span.to, parts);
    if (!read) return std::unexpected(read.error());
    std::ranges::stable_sort(parts, {}, &RollUp::first_time);
    return parts;
}

Result<SeriesHistory::Parts> SeriesHistory::read_in_days(const HistorySpan& span) {
    const auto first_day = ceil<days>(span.from);
    const auto end_day = std::max(first_day, floor<days>(span.to));
    Parts parts;
    auto read = read_moved_in_hours(span.from, std::min<TimePoint>(first_day, span.to), parts);
    if (read) read = read_days(database_, subject_, day_of(first_day), day_of(end_day), parts);
    if (read) {
        read = read_moved_in_hours(std::min<TimePoint>(end_day, span.to), span.to, parts);
    }
    if (read) read = read_arrivals(span.from, span.to, parts);
    if (!read) return std::unexpected(read.error());
    std::ranges::stable_sort(parts, {}, &RollUp::first_time);
    return parts;
}

Result<void> SeriesHistory::read_moved_in_hours(TimePoint from, TimePoint to, Parts& out) {
    const auto first_hour = ceil<hours>(from);
    const auto end_hour = std::max(first_hour, floor<hours>(to));
    auto read = read_history(from, std::min<TimePoint>(first_hour, to), out);
    if (read) {
        read = read_hours(database_, subject_, hour_of(first_hour), hour_of(end_hour), out);
    }
    if (read) read = read_history(std::min<TimePoint>(end_hour, to), to, out);
    return read;
}

Result<void> SeriesHistory::read_arrivals(TimePoint from, TimePoint to, Parts& out) {
    constexpr std::string_view kOfMetric =
        "SELECT ts, value FROM arrival WHERE metric_id = ? AND ts >= ? AND ts < ? ORDER BY ts";
    constexpr std::string_view kOfSeries =
        "SELECT ts, value FROM arrival WHERE metric_id = ? AND ts >= ? AND ts < ?"
        " AND series_id = ? ORDER BY ts";
    if (subject_.kind == RollUpSubject::Kind::metric) {
        return add_samples(database_.query(kOfMetric, metric_id_, to_stored(from), to_stored(to)),
                           out);
    }
    return add_samples(
        database_.query(kOfSeries, metric_id_, to_stored(from), to_stored(to), subject_.id), out);
}

Result<void> SeriesHistory::read_history(TimePoint from, TimePoint to, Parts& out) {
    constexpr std::string_view kOfMetric =
        "SELECT h.ts, h.value FROM hourly r CROSS JOIN history h"
        " ON h.hour = r.hour AND h.metric_id = r.id"
        " WHERE r.subject = 1 AND r.id = ? AND r.hour >= ? AND r.hour <= ?"
        " AND h.ts >= ? AND h.ts < ?";
    constexpr std::string_view kOfSeries =
        "SELECT h.ts, h.value FROM hourly r CROSS JOIN history h"
        " ON h.hour = r.hour AND h.metric_id = ?6 AND h.series_id = r.id"
        " WHERE r.subject = 0 AND r.id = ?1 AND r.hour >= ?2 AND r.hour <= ?3"
        " AND h.ts >= ?4 AND h.ts < ?5";
    if (from >= to) return {};
    const auto first_hour = hour_of(from);
    const auto last_hour = hour_of(to);
    if (subject_.kind == RollUpSubject::Kind::metric) {
        return add_samples(database_.query(kOfMetric, subject_.id, first_hour, last_hour,
                                           to_stored(from), to_stored(to)),
                           out);
    }
    return add_samples(database_.query(kOfSeries, subject_.id, first_hour, last_hour,
                                       to_stored(from), to_stored(to), metric_id_),
                       out);
}

}  // namespace dsdash::embedded
