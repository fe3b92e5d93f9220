#include "embedded/hub_tables/record_table.hpp"

#include <fmt/format.h>

#include "embedded/hub_tables/latest_records.hpp"
#include "embedded/hub_tables/record_expiry.hpp"
#include "embedded/hub_tables/record_table_edit.hpp"
#include "embedded/hub_tables/record_table_insert.hpp"
#include "embedded/hub_tables/record_table_page.hpp"
#include "embedded/hub_tables/record_table_row.hpp"
#include "embedded/hub_tables/series_history.hpp"
#include "embedded/hub_tables/series_ids.hpp"
#include "embedded/hub_tables/series_mover.hpp"
#include "embedded/hub_tables/series_mover_thread.hpp"
#include "embedded/hub_tables/series_trends.hpp"

namespace dsdash::embedded {

namespace {

constexpr std::size_t kPutRecordsMax = 10'000;

using Answers = std::vector<Result<Stored>>;

Result<std::optional<TimePoint>> find_created_at(Database& database) {
    Rows rows = database.query("SELECT created_at FROM record_table");
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    return to_time(rows.integer(0));
}

Result<void> check_is_deployed(Database& database) {
    auto created = find_created_at(database);
    if (!created) return std::unexpected(created.error());
    if (!*created) {
        return fail(ErrorKind::not_found, "Requested resource not found",
                    "ResourceNotFoundException");
    }
    return {};
}

Result<Answers> insert_all(Database& database, SeriesIds::Transaction& ids,
                           std::span<const MetricRecord> records) {
    if (auto deployed = check_is_deployed(database); !deployed) {
        return std::unexpected(deployed.error());
    }
    RecordInserter inserter(database, ids);
    Answers answers;
    answers.reserve(records.size());
    for (const auto& record : records) {
        if (auto checked = check_names(record.series); !checked) {
            answers.emplace_back(std::unexpected(checked.error()));
            continue;
        }
        auto stored = inserter.insert(record);
        if (!stored && stored.error().kind != ErrorKind::conflict) {
            return std::unexpected(stored.error());
        }
        answers.push_back(std::move(stored));
    }
    if (auto finished = inserter.finish(); !finished) return std::unexpected(finished.error());
    return answers;
}

}  // namespace

RecordTable::RecordTable(const AccountParts& parts, Moving moving)
    : parts_(parts),
      ids_(std::make_unique<SeriesIds>()),
      latest_(std::make_unique<LatestRecords>()) {
    if (moving == Moving::in_background) {
        mover_ = std::make_unique<SeriesMoverThread>([this] { return background_step(); });
    }
}

RecordTable::~RecordTable() = default;

template <class T>
Result<T> RecordTable::read(const std::function<Result<T>(Database&)>& read) {
    auto answer = parts_.reads.read<T>([&](Database& database) -> Result<T> {
        if (auto deployed = check_is_deployed(database); !deployed) {
            return std::unexpected(deployed.error());
        }
        return read(database);
    });
    if (answer && mover_) mover_->start();
    return answer;
}

Result<void> RecordTable::create() {
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        auto created = database.run(
            "INSERT INTO record_table(id, created_at) VALUES (1, ?) ON CONFLICT DO NOTHING",
            to_stored(parts_.clock.now()));
        if (!created) return std::unexpected(created.error());
        return {};
    });
}

Result<bool> RecordTable::exists() {
    auto created = parts_.reads.read<std::optional<TimePoint>>(find_created_at);
    if (!created) return std::unexpected(created.error());
    return created->has_value();
}

Result<TimePoint> RecordTable::created_at() {
    return read<TimePoint>([](Database& database) -> Result<TimePoint> {
        auto created = find_created_at(database);
        if (!created) return std::unexpected(created.error());
        return created->value();
    });
}

Result<void> RecordTable::drop(bool delete_data) {
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        if (auto dropped = database.run("DELETE FROM record_table"); !dropped) {
            return std::unexpected(dropped.error());
        }
        if (auto kept = RecordExpiry(database).keep_for(std::nullopt); !kept) return kept;
        if (!delete_data) return {};
        ids_->forget();
        return database.run_script(
            "DELETE FROM arrival; DELETE FROM history; DELETE FROM moved; DELETE FROM latest;"
            "DELETE FROM hourly; DELETE FROM daily; DELETE FROM series; DELETE FROM metric; DELETE "
            "FROM project;");
    });
}

std::vector<Result<Stored>> RecordTable::put(std::span<const MetricRecord> records) {
    const auto refuse_all = [&](const Error& error) {
        return Answers(records.size(), std::unexpected(error));
    };
    if (records.size() > kPutRecordsMax) {
        return refuse_all({ErrorKind::malformed_input,
                           fmt::format("a put may have at most {} records", kPutRecordsMax),
                           {},
                           {},
                           {}});
    }
    std::optional<SeriesIds::Transaction> ids;
    auto answers = parts_.writer.write<Answers>([&](Database& database) {
        ids.emplace(*ids_, database);
        return insert_all(database, *ids, records);
    });
    if (!answers) return refuse_all(answers.error());
    ids_->keep(*std::move(ids));
    if (mover_) mover_->start();
    return *std::move(answers);
}

Result<void> RecordTable::edit(const std::function<Result<void>(RecordEditor&)>& edits) {
    std::optional<SeriesIds::Transaction> ids;
    auto edited = parts_.writer.write<void>([&](Database& database) -> Result<void> {
        if (auto deployed = check_is_deployed(database); !deployed) return deployed;
        ids.emplace(*ids_, database);
        RecordEditor editor(database, *ids);
        return edits(editor);
    });
    if (edited) ids_->keep(*std::move(ids));
    return edited;
}

Result<std::size_t> RecordTable::move_step() {
    const auto horizon = moving_horizon(parts_.clock.now());
    return parts_.writer.write<std::size_t>(
        [&](Database& database) { return SeriesMover(database).step(horizon); });
}

Result<void> RecordTable::keep_for(std::optional<std::chrono::days> days) {
    return parts_.writer.write<void>(
        [&](Database& database) { return RecordExpiry(database).keep_for(days); });
}

Result<std::size_t> RecordTable::expire_step() {
    // Most tables keep their records: nobody has to wait for that answer.
    auto days = parts_.reads.read<std::optional<std::chrono::days>>(
        [](Database& database) { return RecordExpiry(database).kept_for(); });
    if (!days) return std::unexpected(days.error());
    if (!*days) return 0;
    return parts_.writer.write<std::size_t>(
        [&](Database& database) { return RecordExpiry(database).step(parts_.clock.now()); });
}

Result<std::size_t> RecordTable::background_step() {
    auto expired = expire_step();
    if (!expired) return expired;
    auto moved = move_step();
    if (!moved) return moved;
    return *expired + *moved;
}

Result<std::vector<LatestRecord>> RecordTable::latest() {
    return read<std::vector<LatestRecord>>(
        [&](Database& database) { return latest_->read(database); });
}

Result<std::vector<HistoryPoint>> RecordTable::history(const HistoryQuery& query) {
    using Points = std::vector<HistoryPoint>;
    auto span = check_span(query.from, query.to, query.points_max);
    if (!span) return std::unexpected(span.error());
    return read<Points>([&](Database& database) -> Result<Points> {
        auto id = find_series(database, query.series);
        if (!id) return std::unexpected(id.error());
        if (!*id) return Points{};
        return SeriesHistory::of_series(database, (*id)->metric, (*id)->series).read(*span);
    });
}

Result<std::vector<HistoryPoint>> RecordTable::metric_history(const MetricHistoryQuery& query) {
    using Points = std::vector<HistoryPoint>;
    auto span = check_span(query.from, query.to, query.points_max);
    if (!span) return std::unexpected(span.error());
    return read<Points>([&](Database& database) -> Result<Points> {
        auto id = find_metric(database, query.metric_name);
        if (!id) return std::unexpected(id.error());
        if (!*id) return Points{};
        return SeriesHistory::of_metric(database, **id).read(*span);
    });
}

Result<std::vector<SeriesTrend>> RecordTable::trends(std::string_view project_name, TimePoint now) {
    using Trends = std::vector<SeriesTrend>;
    return read<Trends>([&](Database& database) -> Result<Trends> {
        auto project = find_project(database, project_name);
        if (!project) return std::unexpected(project.error());
        if (!*project) return Trends{};
        return read_trends(database, **project, now);
    });
}

Result<std::vector<MetricRecord>> RecordTable::samples(const SampleQuery& query) {
    using Samples = std::vector<MetricRecord>;
    return read<Samples>([&](Database& database) -> Result<Samples> {
        auto id = find_series(database, query.series);
        if (!id) return std::unexpected(id.error());
        if (!*id) return Samples{};
        return SeriesHistory::of_series(database, (*id)->metric, (*id)->series).samples(query);
    });
}

Result<std::optional<MetricRecord>> RecordTable::find(const RecordKey& key) {
    return read<std::optional<MetricRecord>>(
        [&](Database& database) { return find_record(database, key); });
}

Result<std::vector<MetricRecord>> RecordTable::by_metric(std::string_view metric_name,
                                                         const RecordRange& range) {
    using Page = std::vector<MetricRecord>;
    return read<Page>([&](Database& database) -> Result<Page> {
        auto metric = find_metric(database, metric_name);
        if (!metric) return std::unexpected(metric.error());
        if (!*metric) return Page{};
        return page_by_metric(database, **metric, range);
    });
}

Result<std::vector<MetricRecord>> RecordTable::by_project(std::string_view project_name,
                                                          const RecordRange& range,
                                                          const std::optional<RecordKey>& after) {
    using Page = std::vector<MetricRecord>;
    return read<Page>([&](Database& database) -> Result<Page> {
        auto project = find_project(database, project_name);
        if (!project) return std::unexpected(project.error());
        if (!*project) return Page{};
        if (!after) return page_by_project(database, **project, range, std::nullopt);
        auto metric = find_metric(database, after->metric_name);
        if (!metric) return std::unexpected(metric.error());
        // A metric that never was here stands behind those that were, as the next one to come will.
        return page_by_project(
            database, **project, range,
            ProjectPosition{after->extraction_date,
                            metric->value_or(std::numeric_limits<std::int64_t>::max())});
    });
}

Result<std::vector<MetricRecord>> RecordTable::scan(const std::optional<RecordKey>& after,
                                                    const ScanSegment& segment, std::size_t limit) {
    return read<std::vector<MetricRecord>>(
        [&](Database& database) { return scan_records(database, after, segment, limit); });
}

Result<std::int64_t> RecordTable::count() {
    return read<std::int64_t>([](Database& database) -> Result<std::int64_t> {
        // The metrics' roll-ups count the history; to count its rows would read all of it.
        Rows rows = database.query(
            "SELECT (SELECT count(*) FROM arrival)"
            " + (SELECT coalesce(sum(count), 0) FROM hourly WHERE subject = 1)");
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        return rows.integer(0);
    });
}

}  // namespace dsdash::embedded
