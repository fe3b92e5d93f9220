#include "embedded/hub_tables/latest_records.hpp"

#include <algorithm>

#include "domain/series_state.hpp"

namespace dsdash::embedded {

namespace {

/// A record whose names are not filled in yet.
struct Unnamed {
    std::int64_t series_id;
    LatestRecord record;
};

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

/// Ordered by series_id.
Result<std::vector<Unnamed>> read_unnamed(Database& database) {
    std::vector<Unnamed> all;
    Rows rows = database.query(
        "SELECT series_id, ts, value, event_id, metadata, original_ts, delay_ms,"
        " previous_1, previous_2, previous_3, previous_4, previous_5 FROM latest"
        " ORDER BY series_id");
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return all;
        auto record = read_record(rows, {}, 1);
        if (!record) return std::unexpected(record.error());
        all.push_back({rows.integer(0), {*std::move(record), read_dates(rows, kPreviousColumn)}});
    }
}

Result<std::int64_t> newest_series(Database& database) {
    Rows rows = database.query("SELECT coalesce(max(series_id), 0) FROM series");
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    return rows.integer(0);
}

}  // namespace

Result<std::vector<LatestRecord>> LatestRecords::read(Database& database) {
    auto series = all_series(database);
    if (!series) return std::unexpected(series.error());
    auto unnamed = read_unnamed(database);
    if (!unnamed) return std::unexpected(unnamed.error());
    std::vector<LatestRecord> records;
    records.reserve(unnamed->size());
    for (const auto& [id, key] : **series) {
        const auto found = std::ranges::lower_bound(*unnamed, id, {}, &Unnamed::series_id);
        if (found == unnamed->end() || found->series_id != id) continue;
        records.push_back(std::move(found->record));
        records.back().series = key;
    }
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
    auto all = std::make_shared<AllSeries>();
    Rows rows = database.query(
        "SELECT series_id, metric_name, project_name, environment, account_id"
        " FROM series JOIN metric USING (metric_id) JOIN project USING (project_id)");
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        all->push_back({rows.integer(0),
                        {std::string(rows.text(1)), std::string(rows.text(2)),
                         std::string(rows.text(3)), std::string(rows.text(4))}});
    }
    std::ranges::sort(*all, {}, &Series::key);
    const std::lock_guard lock(mutex_);
    known_ = all;
    newest_known_ = *newest;
    return known_;
}

}  // namespace dsdash::embedded
