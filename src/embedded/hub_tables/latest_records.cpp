#include "embedded/hub_tables/latest_records.hpp"

#include <algorithm>

#include "domain/series_state.hpp"

namespace dsdash::embedded {

namespace {

constexpr int kPreviousColumn = 7;

/// The dates in the columns from `first_column` on, up to the first that has none.
std::vector<TimePoint> read_dates(const Rows& rows, int first_column) {
    constexpr int kCount = kPreviousDatesMax;
    std::vector<TimePoint> dates;
    for (int column = first_column; column < first_column + kCount; ++column) {
        if (rows.is_null(column)) break;
        if (dates.empty()) dates.reserve(kPreviousDatesMax);
        dates.push_back(to_time(rows.integer(column)));
    }
    return dates;
}

Result<std::int64_t> newest_series(Database& database) {
    Rows rows = database.query("SELECT coalesce(max(series_id), 0) FROM series");
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    return rows.integer(0);
}

}  // namespace

Result<std::vector<LatestRecord>> LatestRecords::read(Database& database) {
    auto all = all_series(database);
    if (!all) return std::unexpected(all.error());
    const auto& series = **all;
    // Each record goes to its series' place, so that nothing has to be sorted or moved.
    std::vector<LatestRecord> records(series.keys.size());
    Rows rows = database.query(
        "SELECT series_id, ts, value, event_id, metadata, original_ts, delay_ms,"
        " previous_1, previous_2, previous_3, previous_4, previous_5 FROM latest"
        " ORDER BY series_id");
    auto place = series.places.begin();
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        place = std::ranges::find(place, series.places.end(), rows.integer(0), &Place::series_id);
        if (place == series.places.end()) break;
        auto record = read_record(rows, series.keys[place->index], 1);
        if (!record) return std::unexpected(record.error());
        static_cast<MetricRecord&>(records[place->index]) = *std::move(record);
        records[place->index].previous_dates = read_dates(rows, kPreviousColumn);
    }
    // What was deleted to the last record still has its names.
    std::erase_if(records,
                  [](const LatestRecord& record) { return record.series.metric_name.empty(); });
    return records;
}

Result<std::shared_ptr<const LatestRecords::AllSeries>> LatestRecords::all_series(
    Database& database) {
    // Ids only grow: where the newest is the same, so are all names.
    auto newest = newest_series(database);
    if (!newest) return std::unexpected(newest.error());
    {
        const std::lock_guard lock(mutex_);
        if (newest_known_ == *newest) return known_;
    }
    struct Series {
        std::int64_t id;
        SeriesKey key;
    };
    std::vector<Series> sorted;
    Rows rows = database.query(
        "SELECT series_id, metric_name, project_name, environment, account_id"
        " FROM series JOIN metric USING (metric_id) JOIN project USING (project_id)");
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        sorted.push_back({rows.integer(0),
                          {std::string(rows.text(1)), std::string(rows.text(2)),
                           std::string(rows.text(3)), std::string(rows.text(4))}});
    }
    std::ranges::sort(sorted, {}, &Series::key);
    auto all = std::make_shared<AllSeries>();
    for (auto& [id, key] : sorted) {
        all->places.push_back({id, all->keys.size()});
        all->keys.push_back(std::move(key));
    }
    std::ranges::sort(all->places, {}, &Place::series_id);
    const std::lock_guard lock(mutex_);
    known_ = all;
    newest_known_ = *newest;
    return known_;
}

}  // namespace dsdash::embedded
