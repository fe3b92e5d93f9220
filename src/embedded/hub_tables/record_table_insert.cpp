#include "embedded/hub_tables/record_table_insert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "domain/series_state.hpp"
#include "embedded/hub_tables/record_table_row.hpp"
#include "embedded/hub_tables/rollup.hpp"

namespace dsdash::embedded {

namespace {

Result<bool> has_row(Rows rows) {
    return rows.next();
}

Result<void> without_count(const Result<std::int64_t>& changed) {
    if (!changed) return std::unexpected(changed.error());
    return {};
}

}  // namespace

/// The record that stands at a date, as far as it takes to know it again.
struct RecordInserter::Holder {
    std::int64_t series;
    std::string value;
    std::string event_id;
    bool has_moved;
};

Result<Stored> RecordInserter::insert(const MetricRecord& record) {
    auto id = ids_.id_of(record.series);
    if (!id) return std::unexpected(id.error());
    const auto date = record.original_extraction_date.value_or(record.extraction_date);

    auto holder = holder_of(id->metric, date);
    if (!holder) return std::unexpected(holder.error());
    if (*holder) {
        auto copy = is_copy(**holder, record, id->series);
        if (!copy) return std::unexpected(copy.error());
        if (*copy) return Stored::duplicate;
    }
    // Asked even when the date is free: what stood there may have been deleted since.
    auto moved_before = has_moved_before(record, *id, date);
    if (!moved_before) return std::unexpected(moved_before.error());
    if (*moved_before) return Stored::duplicate;

    if (!*holder && !record.original_extraction_date) {
        if (auto stored = store(record, *id); !stored) return std::unexpected(stored.error());
        return Stored::inserted;
    }
    auto& placed = moved_.emplace_back(record);
    placed.extraction_date = date;
    placed.original_extraction_date.reset();
    if (*holder) {
        auto free_date = free_date_after(id->metric, date);
        if (!free_date) return std::unexpected(free_date.error());
        placed.extraction_date = *free_date;
        placed.original_extraction_date = date;
    }
    if (auto stored = store(placed, *id); !stored) return std::unexpected(stored.error());
    return *holder ? Stored::moved : Stored::inserted;
}

Result<void> RecordInserter::finish() {
    // Of many records of a series only the newest and the dates before it are kept.
    constexpr std::size_t kNewestMax = kPreviousDatesMax + 1;
    for (auto& [series_id, records] : stored_) {
        std::ranges::sort(records, {}, &MetricRecord::extraction_date);
        const auto skipped = records.size() - std::min(records.size(), kNewestMax);
        for (const MetricRecord* record : std::span(records).subspan(skipped)) {
            if (auto raised = raise_latest(database_, series_id, *record); !raised) return raised;
        }
    }
    return {};
}

Result<std::optional<RecordInserter::Holder>> RecordInserter::holder_of(std::int64_t metric_id,
                                                                        TimePoint date) {
    Rows rows = database_.query(
        "SELECT series_id, value, event_id, original_ts FROM arrival"
        " WHERE metric_id = ?1 AND ts = ?2"
        " UNION ALL SELECT series_id, value, event_id, original_ts FROM history"
        " WHERE hour = ?3 AND metric_id = ?1 AND ts = ?2",
        metric_id, to_stored(date), hour_of(date));
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    return Holder{.series = rows.integer(0),
                  .value = std::string(rows.text(1)),
                  .event_id = read_event_id(rows, 2),
                  .has_moved = !rows.is_null(3)};
}

Result<bool> RecordInserter::is_copy(const Holder& holder, const MetricRecord& record,
                                     std::int64_t series_id) {
    if (!holder.event_id.empty() && holder.event_id == record.event_id) return true;
    if (holder.has_moved || holder.value != record.value.to_string()) return false;
    if (holder.series == series_id) return true;
    // The Python reference's archive knew no accounts: its row of the same event has none.
    if (record.series.account_id.empty()) return false;
    auto series = record.series;
    series.account_id.clear();
    auto id = find_series(database_, series);
    if (!id) return std::unexpected(id.error());
    return *id && (*id)->series == holder.series;
}

Result<bool> RecordInserter::has_moved_before(const MetricRecord& record, const SeriesId& id,
                                              TimePoint date) {
    return with_stored_value(record.value, [&](const auto& value) {
        return has_row(
            database_.query("SELECT 1 FROM moved WHERE metric_id = ? AND original_ts = ?"
                            " AND series_id = ? AND value = ?",
                            id.metric, to_stored(date), id.series, value));
    });
}

Result<TimePoint> RecordInserter::free_date_after(std::int64_t metric_id, TimePoint date) {
    // A thousand accounts that report at the same whole second form one long chain: go to its end.
    Rows rows = database_.query("SELECT max(ts) FROM moved WHERE metric_id = ? AND original_ts = ?",
                                metric_id, to_stored(date));
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    const TimePoint start = rows.is_null(0) ? date : to_time(rows.integer(0));
    for (int step = 1; step <= kMoveMax; ++step) {
        const auto candidate = start + std::chrono::microseconds(step);
        auto holder = holder_of(metric_id, candidate);
        if (!holder) return std::unexpected(holder.error());
        if (!*holder) return candidate;
    }
    return fail(ErrorKind::conflict,
                fmt::format("ExtractionDate {} and the {} microseconds after it are taken",
                            format_extraction_date(date), kMoveMax));
}

Result<void> RecordInserter::store(const MetricRecord& record, const SeriesId& id) {
    if (auto written = write_arrival(database_, id, record); !written) return written;
    stored_[id.series].push_back(&record);
    return {};
}

Result<void> write_arrival(Database& database, const SeriesId& id, const MetricRecord& record) {
    const auto ts = to_stored(record.extraction_date);
    const auto original_ts = to_stored(record.original_extraction_date);
    return with_stored_value(record.value, [&](const auto& value) -> Result<void> {
        if (original_ts) {
            auto noted = database.run(
                "INSERT INTO moved(metric_id, original_ts, ts, series_id, value)"
                " VALUES (?, ?, ?, ?, ?)",
                id.metric, *original_ts, ts, id.series, value);
            if (!noted) return std::unexpected(noted.error());
        }
        return without_count(database.run(
            "INSERT INTO arrival(metric_id, ts, series_id, value, event_id, metadata, original_ts,"
            "  delay_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            id.metric, ts, id.series, value, to_event_id_column(record.event_id),
            stored_metadata(record), original_ts, stored_delay(record)));
    });
}

Result<void> raise_latest(Database& database, std::int64_t series_id, const MetricRecord& record) {
    return with_stored_value(record.value, [&](const auto& value) {
        return without_count(
            database.run("INSERT INTO latest(series_id, ts, value, event_id, metadata, original_ts,"
                         "  delay_ms) VALUES (?, ?, ?, ?, ?, ?, ?)"
                         " ON CONFLICT DO UPDATE SET"
                         "  previous_1 = ts, previous_2 = previous_1, previous_3 = previous_2,"
                         "  previous_4 = previous_3, previous_5 = previous_4,"
                         "  ts = excluded.ts, value = excluded.value,"
                         "  event_id = excluded.event_id, metadata = excluded.metadata,"
                         "  original_ts = excluded.original_ts, delay_ms = excluded.delay_ms"
                         " WHERE excluded.ts > ts",
                         series_id, to_stored(record.extraction_date), value,
                         to_event_id_column(record.event_id), stored_metadata(record),
                         to_stored(record.original_extraction_date), stored_delay(record)));
    });
}

}  // namespace dsdash::embedded
