#include "embedded/bus/rule_rows.hpp"

namespace dsdash::embedded {

namespace {

StoredRule to_rule(const Rows& rows) {
    StoredRule stored{.rule = {.name = std::string(rows.text(0)),
                               .event_pattern = std::string(rows.text(1)),
                               .schedule_expression = std::string(rows.text(2)),
                               .enabled = rows.integer(3) != 0,
                               .description = std::string(rows.text(4)),
                               .role_arn = std::string(rows.text(5))},
                      .next_run = std::nullopt};
    if (!rows.is_null(6)) {
        stored.next_run = TimePoint(std::chrono::microseconds(rows.integer(6)));
    }
    return stored;
}

Result<std::vector<StoredRule>> collect_rules(Rows rows) {
    std::vector<StoredRule> rules;
    for (;;) {
        auto more = rows.next();
        if (!more) return std::unexpected(std::move(more.error()));
        if (!*more) return rules;
        rules.push_back(to_rule(rows));
    }
}

Result<std::vector<Rule>> without_schedules(Result<std::vector<StoredRule>> stored) {
    if (!stored) return std::unexpected(std::move(stored.error()));
    std::vector<Rule> rules;
    rules.reserve(stored->size());
    for (auto& rule : *stored) rules.push_back(std::move(rule.rule));
    return rules;
}

std::optional<int> optional_int(const Rows& rows, int column) {
    if (rows.is_null(column)) return std::nullopt;
    return static_cast<int>(rows.integer(column));
}

Lane to_lane(const Rows& rows) {
    return Lane{.number = rows.integer(0),
                .rule = std::string(rows.text(1)),
                .target = {.id = std::string(rows.text(2)),
                           .arn = std::string(rows.text(3)),
                           .role_arn = std::string(rows.text(4)),
                           .retry_attempts_max = optional_int(rows, 5),
                           .event_age_max_s = optional_int(rows, 6),
                           .dead_letter_arn = std::string(rows.text(7))}};
}

Result<void> without_count(Result<std::int64_t> changed) {
    if (!changed) return std::unexpected(std::move(changed.error()));
    return {};
}

}  // namespace

const char* const kRuleSchema = R"(
CREATE TABLE IF NOT EXISTS rule(
    name TEXT PRIMARY KEY,
    event_pattern TEXT NOT NULL,
    schedule_expression TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    description TEXT NOT NULL,
    role_arn TEXT NOT NULL,
    next_run_us INTEGER            -- when its schedule falls due
) WITHOUT ROWID;
-- The number names the target's queue of deliveries for ever. A rule '' has as its targets the
-- functions that are invoked asynchronously.
CREATE TABLE IF NOT EXISTS target(
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    rule TEXT NOT NULL,
    id TEXT NOT NULL,
    arn TEXT NOT NULL,
    role_arn TEXT NOT NULL,
    retry_attempts_max INTEGER,
    event_age_max_s INTEGER,
    dead_letter_arn TEXT NOT NULL,
    UNIQUE (rule, id)
);
)";

Result<std::optional<StoredRule>> read_rule(Database& database, std::string_view name) {
    auto rules = collect_rules(database.query("SELECT * FROM rule WHERE name = ?", name));
    if (!rules) return std::unexpected(std::move(rules.error()));
    if (rules->empty()) return std::nullopt;
    return std::move(rules->front());
}

Result<std::vector<Rule>> read_rules(Database& database, std::string_view prefix,
                                     std::string_view after, std::size_t rules_max) {
    return without_schedules(
        collect_rules(database.query("SELECT * FROM rule WHERE substr(name, 1, length(?1)) = ?1"
                                     " AND name > ?2 ORDER BY name LIMIT ?3",
                                     prefix, after, std::int64_t(rules_max))));
}

Result<void> write_rule(Database& database, const StoredRule& stored) {
    std::optional<std::int64_t> next_run_us;
    if (stored.next_run) next_run_us = stored.next_run->time_since_epoch().count();
    return without_count(database.run("INSERT OR REPLACE INTO rule VALUES (?,?,?,?,?,?,?)",
                                      stored.rule.name, stored.rule.event_pattern,
                                      stored.rule.schedule_expression, stored.rule.enabled ? 1 : 0,
                                      stored.rule.description, stored.rule.role_arn, next_run_us));
}

Result<std::vector<Lane>> read_lanes(Database& database, std::optional<std::string_view> rule) {
    auto rows = database.query(
        "SELECT * FROM target WHERE ?1 IS NULL OR rule = ?1 ORDER BY rule, id", rule);
    std::vector<Lane> lanes;
    for (;;) {
        auto more = rows.next();
        if (!more) return std::unexpected(std::move(more.error()));
        if (!*more) return lanes;
        lanes.push_back(to_lane(rows));
    }
}

Result<void> write_target(Database& database, std::string_view rule, const Target& target) {
    return without_count(database.run(
        "INSERT INTO target(rule, id, arn, role_arn, retry_attempts_max, event_age_max_s,"
        " dead_letter_arn) VALUES (?,?,?,?,?,?,?) ON CONFLICT (rule, id) DO UPDATE SET"
        " arn = excluded.arn, role_arn = excluded.role_arn,"
        " retry_attempts_max = excluded.retry_attempts_max,"
        " event_age_max_s = excluded.event_age_max_s,"
        " dead_letter_arn = excluded.dead_letter_arn",
        rule, target.id, target.arn, target.role_arn, target.retry_attempts_max,
        target.event_age_max_s, target.dead_letter_arn));
}

Result<std::optional<TimePoint>> read_next_schedule(Database& database) {
    auto rows = database.query("SELECT min(next_run_us) FROM rule WHERE enabled");
    if (auto row = rows.next(); !row) return std::unexpected(std::move(row.error()));
    if (rows.is_null(0)) return std::nullopt;
    return TimePoint(std::chrono::microseconds(rows.integer(0)));
}

Result<std::vector<Rule>> read_due_schedules(Database& database, TimePoint now) {
    return without_schedules(collect_rules(
        database.query("SELECT * FROM rule WHERE enabled AND next_run_us <= ? ORDER BY name",
                       std::int64_t{now.time_since_epoch().count()})));
}

Result<std::int64_t> read_count(Database& database, std::string_view sql,
                                std::string_view argument) {
    auto rows = database.query(sql, argument);
    if (auto row = rows.next(); !row) return std::unexpected(std::move(row.error()));
    return rows.integer(0);
}

}  // namespace dsdash::embedded
