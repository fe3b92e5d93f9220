#include "embedded/hub_tables/rollup.hpp"

#include <fmt/format.h>

#include <set>

#include "embedded/hub_tables/record_table_row.hpp"

namespace dsdash::embedded {

namespace {

int stored_kind(const RollUpSubject& subject) {
    return static_cast<int>(subject.kind);
}

/// What is done with one of the two tables of roll-ups, which differ in their names only.
struct Statements {
    std::string merge, remove, read;
};

Statements statements_of(std::string_view table, std::string_view stretch) {
    return {
        fmt::format("INSERT INTO {}(subject, id, {}, count, min, max, sum, first_ts, last_ts, last)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET"
                    "  count = count + excluded.count,"
                    "  min = min(min, excluded.min),"
                    "  max = max(max, excluded.max),"
                    "  sum = sum + excluded.sum,"
                    "  first_ts = min(first_ts, excluded.first_ts),"
                    "  last = CASE WHEN excluded.last_ts >= last_ts THEN excluded.last"
                    "   ELSE last END,"
                    "  last_ts = max(last_ts, excluded.last_ts)",
                    table, stretch),
        fmt::format("DELETE FROM {} WHERE subject = ? AND id = ? AND {} = ?", table, stretch),
        fmt::format("SELECT count, min, max, sum, first_ts, last_ts, last FROM {}"
                    " WHERE subject = ? AND id = ? AND {} >= ? AND {} < ? ORDER BY {}",
                    table, stretch, stretch, stretch, stretch)};
}

// Never destroyed: when the program ends, a table's thread may still be at work.
const Statements& hourly() {
    static const Statements* const kStatements = new Statements(statements_of("hourly", "hour"));
    return *kStatements;
}

const Statements& daily() {
    static const Statements* const kStatements = new Statements(statements_of("daily", "day"));
    return *kStatements;
}

RollUp read_roll_up(const Rows& rows) {
    return {
        .count = rows.integer(0),
        .min = rows.real(1),
        .max = rows.real(2),
        .sum = rows.real(3),
        .first_time = to_time(rows.integer(4)),
        .last_time = to_time(rows.integer(5)),
        .last = rows.real(6),
    };
}

Result<void> read_all(Rows rows, std::vector<RollUp>& out) {
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return {};
        out.push_back(read_roll_up(rows));
    }
}

Result<void> without_count(const Result<std::int64_t>& changed) {
    if (!changed) return std::unexpected(changed.error());
    return {};
}

Result<void> merge(Database& database, const Statements& statements, const RollUpSubject& subject,
                   std::int64_t stretch, const RollUp& roll_up) {
    return without_count(database.run(statements.merge, stored_kind(subject), subject.id, stretch,
                                      roll_up.count, roll_up.min, roll_up.max, roll_up.sum,
                                      to_stored(roll_up.first_time), to_stored(roll_up.last_time),
                                      roll_up.last));
}

/// A roll-up without values is none.
Result<void> replace(Database& database, const Statements& statements, const RollUpSubject& subject,
                     std::int64_t stretch, const RollUp& roll_up) {
    auto removed = database.run(statements.remove, stored_kind(subject), subject.id, stretch);
    if (!removed || roll_up.count == 0) return without_count(removed);
    return merge(database, statements, subject, stretch, roll_up);
}

Result<void> read(Database& database, const Statements& statements, const RollUpSubject& subject,
                  std::int64_t from, std::int64_t to, std::vector<RollUp>& out) {
    return read_all(database.query(statements.read, stored_kind(subject), subject.id, from, to),
                    out);
}

/// What the history holds of a series in an hour.
Result<RollUp> sum_records(Database& database, std::int64_t metric_id, std::int64_t series_id,
                           Hour hour) {
    RollUp sum;
    Rows rows = database.query(
        "SELECT ts, value FROM history WHERE hour = ? AND metric_id = ? AND series_id = ?", hour,
        metric_id, series_id);
    while (true) {
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return sum;
        sum.add(to_time(rows.integer(0)), rows.real(1));
    }
}

Result<std::int64_t> project_of(Database& database, std::int64_t series_id) {
    Rows rows = database.query("SELECT project_id FROM series WHERE series_id = ?", series_id);
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    return rows.integer(0);
}

/// Of all series of `subject`, a metric or a project, that hour drawn together.
Result<RollUp> sum_series_hours(Database& database, const RollUpSubject& subject, Hour hour) {
    constexpr std::string_view kOfMetric =
        "SELECT count, min, max, sum, first_ts, last_ts, last FROM series CROSS JOIN hourly"
        " ON subject = 0 AND id = series_id AND hour = ? WHERE metric_id = ?";
    constexpr std::string_view kOfProject =
        "SELECT count, min, max, sum, first_ts, last_ts, last FROM series CROSS JOIN hourly"
        " ON subject = 0 AND id = series_id AND hour = ? WHERE project_id = ?";
    const bool of_metric = subject.kind == RollUpSubject::Kind::metric;
    std::vector<RollUp> hours;
    auto read =
        read_all(database.query(of_metric ? kOfMetric : kOfProject, hour, subject.id), hours);
    if (!read) return std::unexpected(read.error());
    RollUp sum;
    for (const auto& one : hours) sum.merge(one);
    return sum;
}

}  // namespace

Hour hour_of(TimePoint time) {
    return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count();
}

TimePoint start_of(Hour hour) {
    return TimePoint(std::chrono::hours(hour));
}

Day day_of(TimePoint time) {
    return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
}

TimePoint start_of_day(Day day) {
    return TimePoint(std::chrono::days(day));
}

Result<void> merge_hour(Database& database, const RollUpSubject& subject, Hour hour,
                        const RollUp& roll_up) {
    if (auto merged = merge(database, hourly(), subject, hour, roll_up); !merged) return merged;
    return merge(database, daily(), subject, day_of(start_of(hour)), roll_up);
}

Result<void> replace_hour(Database& database, const RollUpSubject& subject, Hour hour,
                          const RollUp& roll_up) {
    auto replaced = replace(database, hourly(), subject, hour, roll_up);
    if (!replaced) return replaced;
    const Day day = day_of(start_of(hour));
    std::vector<RollUp> hours;
    auto found = read_hours(database, subject, hour_of(start_of_day(day)),
                            hour_of(start_of_day(day + 1)), hours);
    if (!found) return found;
    RollUp sum;
    for (const auto& one : hours) sum.merge(one);
    return replace(database, daily(), subject, day, sum);
}

Result<void> read_hours(Database& database, const RollUpSubject& subject, Hour from, Hour to,
                        std::vector<RollUp>& out) {
    return read(database, hourly(), subject, from, to, out);
}

Result<void> read_days(Database& database, const RollUpSubject& subject, Day from, Day to,
                       std::vector<RollUp>& out) {
    return read(database, daily(), subject, from, to, out);
}

Result<void> recompute_hour(Database& database, std::int64_t metric_id,
                            std::span<const std::int64_t> series, Hour hour) {
    using Kind = RollUpSubject::Kind;
    std::set<RollUpSubject> sums{{Kind::metric, metric_id}};
    for (const auto series_id : series) {
        auto of_series = sum_records(database, metric_id, series_id, hour);
        if (!of_series) return std::unexpected(of_series.error());
        auto replaced = replace_hour(database, {Kind::series, series_id}, hour, *of_series);
        if (!replaced) return replaced;
        auto project = project_of(database, series_id);
        if (!project) return std::unexpected(project.error());
        sums.insert({Kind::project, *project});
    }
    for (const auto& subject : sums) {
        auto sum = sum_series_hours(database, subject, hour);
        if (!sum) return std::unexpected(sum.error());
        if (auto replaced = replace_hour(database, subject, hour, *sum); !replaced) return replaced;
    }
    return {};
}

}  // namespace dsdash::embedded
