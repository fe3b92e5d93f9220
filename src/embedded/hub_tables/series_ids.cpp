#include "embedded/hub_tables/series_ids.hpp"

#include <functional>

namespace dsdash::embedded {

namespace {

/// The integer in the first column of the first row, if there is a row.
Result<std::optional<std::int64_t>> first_integer(Rows rows) {
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    return rows.integer(0);
}

/// For statements that insert or touch one row and return its id.
Result<std::int64_t> returned_id(Rows rows) {
    auto id = first_integer(std::move(rows));
    if (!id) return std::unexpected(id.error());
    return id->value();
}

Result<SeriesId> find_or_create(Database& database, const SeriesKey& key) {
    // DO UPDATE, for DO NOTHING returns no row.
    auto metric = returned_id(database.query(
        "INSERT INTO metric(metric_name) VALUES (?)"
        " ON CONFLICT DO UPDATE SET metric_name = excluded.metric_name RETURNING metric_id",
        key.metric_name));
    if (!metric) return std::unexpected(metric.error());
    auto project = returned_id(database.query(
        "INSERT INTO project(project_name) VALUES (?)"
        " ON CONFLICT DO UPDATE SET project_name = excluded.project_name RETURNING project_id",
        key.project_name));
    if (!project) return std::unexpected(project.error());
    auto series = returned_id(database.query(
        "INSERT INTO series(metric_id, project_id, environment, account_id) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET metric_id = excluded.metric_id RETURNING series_id",
        *metric, *project, key.environment, key.account_id));
    if (!series) return std::unexpected(series.error());
    return SeriesId{*series, *metric, *project};
}

}  // namespace

std::size_t SeriesKeyHash::operator()(const SeriesKey& key) const {
    std::size_t hash = 0;
    for (const auto* part :
         {&key.metric_name, &key.project_name, &key.environment, &key.account_id}) {
        hash = hash * 31 + std::hash<std::string>{}(*part);
    }
    return hash;
}

SeriesIds::Transaction::Transaction(SeriesIds& known, Database& database)
    : known_(known), database_(database) {
    const std::lock_guard lock(known.mutex_);
    epoch_ = known.epoch_;
}

Result<SeriesId> SeriesIds::Transaction::id_of(const SeriesKey& key) {
    {
        const std::lock_guard lock(known_.mutex_);
        if (const auto found = known_.ids_.find(key); found != known_.ids_.end()) {
            return found->second;
        }
    }
    if (const auto found = fresh_.find(key); found != fresh_.end()) return found->second;
    auto id = find_or_create(database_, key);
    if (id) fresh_.emplace(key, *id);
    return id;
}

void SeriesIds::keep(Transaction&& transaction) {
    const std::lock_guard lock(mutex_);
    if (transaction.epoch_ == epoch_) ids_.merge(transaction.fresh_);
}

void SeriesIds::forget() {
    const std::lock_guard lock(mutex_);
    ids_.clear();
    ++epoch_;
}

Result<std::optional<SeriesId>> find_series(Database& database, const SeriesKey& key) {
    Rows rows = database.query(
        "SELECT series_id, metric_id, project_id"
        " FROM metric JOIN series USING (metric_id) JOIN project USING (project_id)"
        " WHERE metric_name = ? AND project_name = ? AND environment = ? AND account_id = ?",
        key.metric_name, key.project_name, key.environment, key.account_id);
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    return SeriesId{rows.integer(0), rows.integer(1), rows.integer(2)};
}

Result<std::optional<std::int64_t>> find_metric(Database& database, std::string_view metric_name) {
    return first_integer(
        database.query("SELECT metric_id FROM metric WHERE metric_name = ?", metric_name));
}

Result<std::optional<std::int64_t>> find_project(Database& database,
                                                 std::string_view project_name) {
    return first_integer(
        database.query("SELECT project_id FROM project WHERE project_name = ?", project_name));
}

}  // namespace dsdash::embedded
