#include "embedded/hub_tables/series_trends.hpp"

#include <algorithm>

#include "embedded/hub_tables/record_table_row.hpp"

namespace dsdash::embedded {

namespace {

struct Named {
    std::int64_t id;
    SeriesKey key;
};

Result<std::vector<Named>> series_of(Database& database, std::int64_t project_id) {
    std::vector<Named> series;
    Rows rows = database.query(
        "SELECT series_id, metric_name, project_name, environment, account_id"
        " FROM series JOIN metric USING (metric_id) JOIN project USING (project_id)"
        " WHERE project_id = ?",
        project_id);
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        series.push_back({rows.integer(0),
                          {std::string(rows.text(1)), std::string(rows.text(2)),
                           std::string(rows.text(3)), std::string(rows.text(4))}});
    }
    std::ranges::sort(series, {}, &Named::key);
    return series;
}

/// The value of the newest record before `end`, a full hour, of those in the history.
Result<std::optional<double>> value_before(Database& database, std::int64_t series_id, Hour end) {
    Rows rows = database.query(
        "SELECT last FROM hourly WHERE subject = 0 AND id = ? AND hour < ?"
        " ORDER BY hour DESC LIMIT 1",
        series_id, end);
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    return rows.real(0);
}

/// What has not been moved into the history yet is known by the latest record only.
Result<void> add_latest(Database& database, std::int64_t series_id, Day first_day,
                        SeriesTrend& trend) {
    Rows rows = database.query("SELECT ts, value FROM latest WHERE series_id = ?", series_id);
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return {};
    const auto day = day_of(to_time(rows.integer(0))) - first_day;
    if (day < 0 || std::cmp_greater_equal(day, SeriesTrend::kDays)) return {};
    trend.last[static_cast<std::size_t>(day)] = rows.real(1);
    return {};
}

Result<SeriesTrend> read_trend(Database& database, const Named& series, TimePoint now) {
    const RollUpSubject subject{RollUpSubject::Kind::series, series.id};
    const Day today = day_of(now);
    const Day first_day = today + 1 - static_cast<Day>(SeriesTrend::kDays);
    std::vector<RollUp> days;
    auto read = read_days(database, subject, first_day, today + 1, days);
    if (!read) return std::unexpected(read.error());
    SeriesTrend trend{.series = series.key, .last = {}, .day_ago = {}, .week_ago = {}};
    for (const auto& day : days) {
        trend.last[static_cast<std::size_t>(day_of(day.last_time) - first_day)] = day.last;
    }
    read = add_latest(database, series.id, first_day, trend);
    if (!read) return std::unexpected(read.error());

    auto day_ago = value_before(database, series.id, hour_of(now - std::chrono::days(1)));
    if (!day_ago) return std::unexpected(day_ago.error());
    auto week_ago = value_before(database, series.id, hour_of(now - std::chrono::days(7)));
    if (!week_ago) return std::unexpected(week_ago.error());
    trend.day_ago = *day_ago;
    trend.week_ago = *week_ago;
    return trend;
}

}  // namespace

Result<std::vector<SeriesTrend>> read_trends(Database& database, std::int64_t project_id,
                                             TimePoint now) {
    auto series = series_of(database, project_id);
    if (!series) return std::unexpected(series.error());
    std::vector<SeriesTrend> trends;
    trends.reserve(series->size());
    for (const auto& one : *series) {
        auto trend = read_trend(database, one, now);
        if (!trend) return std::unexpected(trend.error());
        trends.push_back(*std::move(trend));
    }
    return trends;
}

}  // namespace dsdash::embedded
