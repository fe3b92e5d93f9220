#include "embedded/hub_tables/series_trends.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "embedded/hub_tables/record_table_row.hpp"

namespace dsdash::embedded {

namespace {

constexpr std::chrono::days kDay{1};
constexpr std::chrono::days kWeek{7};

struct Sample {
    TimePoint time;
    double value;
};

struct Named {
    std::int64_t metric;
    std::int64_t id;
    SeriesKey key;
    Sample latest;
};

std::optional<double> value_of(const std::optional<Sample>& sample) {
    return sample ? std::optional(sample->value) : std::nullopt;
}

/// Those that have records.
Result<std::vector<Named>> series_of(Database& database, std::int64_t project_id) {
    std::vector<Named> series;
    Rows rows = database.query(
        "SELECT metric_id, series_id, metric_name, project_name, environment, account_id, ts, value"
        " FROM series JOIN metric USING (metric_id) JOIN project USING (project_id)"
        "  JOIN latest USING (series_id) WHERE project_id = ?",
        project_id);
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        series.push_back({rows.integer(0),
                          rows.integer(1),
                          {std::string(rows.text(2)), std::string(rows.text(3)),
                           std::string(rows.text(4)), std::string(rows.text(5))},
                          {to_time(rows.integer(6)), rows.real(7)}});
    }
    std::ranges::sort(series, {}, &Named::key);
    return series;
}

/// What has not been moved into the history yet of each series, by time.
using Arrivals = std::unordered_map<std::int64_t, std::vector<Sample>>;

/// Those before `end`. They stand by metric and time, so that each metric is read once for all of
/// its series.
Result<Arrivals> read_arrivals(Database& database, std::span<const Named> series, TimePoint end) {
    Arrivals arrivals;
    std::set<std::int64_t> metrics;
    for (const auto& one : series) {
        arrivals.try_emplace(one.id);
        metrics.insert(one.metric);
    }
    for (const auto metric : metrics) {
        Rows rows = database.query(
            "SELECT series_id, ts, value FROM arrival WHERE metric_id = ? AND ts < ? ORDER BY ts",
            metric, to_stored(end));
        while (true) {
            auto row = rows.next();
            if (!row) return std::unexpected(row.error());
            if (!*row) break;
            const auto found = arrivals.find(rows.integer(0));
            if (found == arrivals.end()) continue;
            found->second.push_back({to_time(rows.integer(1)), rows.real(2)});
        }
    }
    return arrivals;
}

/// Before it all arrivals are read. The latest record ends its day: of that day no other is needed,
/// so that the hours that are not finished yet cost nothing.
TimePoint arrivals_end(std::span<const Named> series, TimePoint day_ago) {
    TimePoint end = day_ago;
    for (const auto& one : series) end = std::max(end, start_of_day(day_of(one.latest.time)));
    return end;
}

Result<std::optional<Sample>> first_sample(Rows rows) {
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    return Sample{to_time(rows.integer(0)), rows.real(1)};
}

/// The newest record before `end` of those in the history.
Result<std::optional<Sample>> newest_moved(Database& database, const Named& series, TimePoint end) {
    constexpr std::string_view kHours =
        "SELECT hour, first_ts, last_ts, last FROM hourly"
        " WHERE subject = 0 AND id = ? AND hour <= ? ORDER BY hour DESC LIMIT 2";
    constexpr std::string_view kWithinHour =
        "SELECT ts, value FROM history WHERE hour = ? AND metric_id = ? AND series_id = ?"
        " AND ts < ? ORDER BY ts DESC LIMIT 1";
    Rows rows = database.query(kHours, series.id, hour_of(end));
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return std::nullopt;
        if (to_time(rows.integer(2)) < end) return Sample{to_time(rows.integer(2)), rows.real(3)};
        if (to_time(rows.integer(1)) < end) {
            return first_sample(database.query(kWithinHour, rows.integer(0), series.metric,
                                               series.id, to_stored(end)));
        }
    }
}

/// The newest record before `end`, wherever it stands.
Result<std::optional<double>> value_before(Database& database, const Named& series,
                                           std::span<const Sample> arrived, TimePoint end) {
    auto newest = newest_moved(database, series, end);
    if (!newest) return std::unexpected(newest.error());
    const auto after = std::ranges::lower_bound(arrived, end, {}, &Sample::time);
    if (after != arrived.begin()) {
        const auto& last = *std::prev(after);
        if (!*newest || (*newest)->time < last.time) *newest = last;
    }
    return value_of(*newest);
}

/// The newest sample of each of the days that a trend shows.
class LastOfDays {
  public:
    explicit LastOfDays(TimePoint now)
        : first_(day_of(now) + 1 - static_cast<Day>(SeriesTrend::kDays)) {}

    [[nodiscard]] Day first() const { return first_; }
    [[nodiscard]] Day end() const { return first_ + static_cast<Day>(SeriesTrend::kDays); }

    void add(const Sample& sample) {
        const auto day = day_of(sample.time) - first_;
        if (day < 0 || std::cmp_greater_equal(day, SeriesTrend::kDays)) return;
        auto& last = last_.at(static_cast<std::size_t>(day));
        if (!last || last->time < sample.time) last = sample;
    }

    [[nodiscard]] decltype(SeriesTrend::last) values() const {
        decltype(SeriesTrend::last) values;
        std::ranges::transform(last_, values.begin(), value_of);
        return values;
    }

  private:
    Day first_;
    std::array<std::optional<Sample>, SeriesTrend::kDays> last_;
};

Result<void> add_moved(Database& database, const Named& series, LastOfDays& days) {
    std::vector<RollUp> roll_ups;
    auto read = read_days(database, {RollUpSubject::Kind::series, series.id}, days.first(),
                          days.end(), roll_ups);
    if (!read) return read;
    for (const auto& one : roll_ups) days.add({one.last_time, one.last});
    return {};
}

Result<SeriesTrend> read_trend(Database& database, const Named& series,
                               std::span<const Sample> arrived, TimePoint now) {
    LastOfDays days(now);
    auto read = add_moved(database, series, days);
    if (!read) return std::unexpected(read.error());
    for (const auto& sample : arrived) days.add(sample);
    days.add(series.latest);
    auto day_ago = value_before(database, series, arrived, now - kDay);
    if (!day_ago) return std::unexpected(day_ago.error());
    auto week_ago = value_before(database, series, arrived, now - kWeek);
    if (!week_ago) return std::unexpected(week_ago.error());
    return SeriesTrend{
        .series = series.key, .last = days.values(), .day_ago = *day_ago, .week_ago = *week_ago};
}

}  // namespace

Result<std::vector<SeriesTrend>> read_trends(Database& database, std::int64_t project_id,
                                             TimePoint now) {
    auto series = series_of(database, project_id);
    if (!series) return std::unexpected(series.error());
    auto arrivals = read_arrivals(database, *series, arrivals_end(*series, now - kDay));
    if (!arrivals) return std::unexpected(arrivals.error());
    std::vector<SeriesTrend> trends;
    trends.reserve(series->size());
    for (const auto& one : *series) {
        auto trend = read_trend(database, one, arrivals->at(one.id), now);
        if (!trend) return std::unexpected(trend.error());
        trends.push_back(*std::move(trend));
    }
    return trends;
}

}  // namespace dsdash::embedded
