#include "embedded/hub_tables/state_table.hpp"

#include "embedded/hub_tables/state_table_row.hpp"

namespace dsdash::embedded {

namespace {

std::int64_t to_stored(TimePoint time) {
    return time.time_since_epoch().count();
}

Result<void> without_count(const Result<std::int64_t>& changed) {
    if (!changed) return std::unexpected(changed.error());
    return {};
}

Result<std::optional<TimePoint>> find_created_at(Database& database) {
    Rows rows = database.query("SELECT created_at FROM state_table");
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    return TimePoint(std::chrono::microseconds(rows.integer(0)));
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

/// Removes the oldest hundredth when more than `events_max` are there. To count them is work, so
/// it is done only when their numbers say that there may be too many.
Result<void> trim_quarantine(Database& database, std::int64_t events_max) {
    Rows numbers =
        database.query("SELECT coalesce(max(sequence) - min(sequence), 0) FROM quarantine");
    auto row = numbers.next();
    if (!row) return std::unexpected(row.error());
    if (numbers.integer(0) < events_max) return {};
    return without_count(database.run(
        "DELETE FROM quarantine WHERE (SELECT count(*) FROM quarantine) > ?1 AND sequence <="
        " (SELECT sequence FROM quarantine ORDER BY sequence DESC LIMIT 1 OFFSET ?2)",
        events_max, events_max - events_max / 100));
}

}  // namespace

StateTable::StateTable(const AccountParts& parts, std::int64_t quarantine_max)
    : parts_(parts), quarantine_max_(quarantine_max) {}

// Times are UTC microseconds; metrics and failures are JSON arrays, an event is EventBridge's JSON.
const char* StateTable::schema() {
    return R"sql(
CREATE TABLE IF NOT EXISTS state_table(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  created_at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS report(
  account_id TEXT PRIMARY KEY,
  project_name TEXT NOT NULL,
  environment TEXT NOT NULL,
  fetch_id TEXT NOT NULL,
  ts INTEGER NOT NULL,
  metrics TEXT NOT NULL,
  failures TEXT NOT NULL,
  duration_ms INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS pong(
  account_id TEXT PRIMARY KEY,
  ping_id TEXT NOT NULL,
  ping_ts INTEGER NOT NULL,
  ts INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS quarantine(
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL UNIQUE,
  event TEXT NOT NULL,
  reason TEXT NOT NULL,
  ts INTEGER NOT NULL) STRICT;
)sql";
}

template <class T>
Result<T> StateTable::read(const std::function<Result<T>(Database&)>& read) {
    return parts_.reads.read<T>([&](Database& database) -> Result<T> {
        if (auto deployed = check_is_deployed(database); !deployed) {
            return std::unexpected(deployed.error());
        }
        return read(database);
    });
}

Result<void> StateTable::write(const std::function<Result<void>(Database&)>& write) {
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        if (auto deployed = check_is_deployed(database); !deployed) return deployed;
        return write(database);
    });
}

Result<void> StateTable::create() {
    return parts_.writer.write<void>([&](Database& database) {
        return without_count(database.run(
            "INSERT INTO state_table(id, created_at) VALUES (1, ?) ON CONFLICT DO NOTHING",
            to_stored(parts_.clock.now())));
    });
}

Result<bool> StateTable::exists() {
    auto created = parts_.reads.read<std::optional<TimePoint>>(find_created_at);
    if (!created) return std::unexpected(created.error());
    return created->has_value();
}

Result<TimePoint> StateTable::created_at() {
    return read<TimePoint>([](Database& database) -> Result<TimePoint> {
        auto created = find_created_at(database);
        if (!created) return std::unexpected(created.error());
        return created->value();
    });
}

Result<void> StateTable::drop(bool delete_data) {
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        auto dropped = database.run("DELETE FROM state_table");
        if (!dropped || !delete_data) return without_count(dropped);
        return database.run_script("DELETE FROM report; DELETE FROM pong; DELETE FROM quarantine;");
    });
}

Result<void> StateTable::put_report(const ExtractionReport& report) {
    return write([&](Database& database) {
        return without_count(database.run(
            "INSERT INTO report(account_id, project_name, environment, fetch_id, ts, metrics,"
            "  failures, duration_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET project_name = excluded.project_name,"
            "  environment = excluded.environment, fetch_id = excluded.fetch_id, ts = excluded.ts,"
            "  metrics = excluded.metrics, failures = excluded.failures,"
            "  duration_ms = excluded.duration_ms"
            " WHERE excluded.ts >= ts",
            report.account_id, report.project_name, report.environment, report.fetch_id,
            to_stored(report.time), metrics_json(report), failures_json(report),
            report.duration_ms));
    });
}

Result<std::vector<ExtractionReport>> StateTable::reports() {
    return read<std::vector<ExtractionReport>>([](Database& database) {
        return read_reports(database.query(
            "SELECT account_id, project_name, environment, fetch_id, ts, metrics, failures,"
            "  duration_ms FROM report ORDER BY account_id"));
    });
}

Result<void> StateTable::put_pong(const Pong& pong) {
    return write([&](Database& database) {
        return without_count(database.run(
            "INSERT INTO pong(account_id, ping_id, ping_ts, ts) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET ping_id = excluded.ping_id, ping_ts = excluded.ping_ts,"
            "  ts = excluded.ts"
            " WHERE excluded.ping_ts > ping_ts",
            pong.account_id, pong.ping_id, to_stored(pong.ping_date), to_stored(pong.date)));
    });
}

Result<std::vector<Pong>> StateTable::pongs() {
    return read<std::vector<Pong>>([](Database& database) {
        return read_pongs(database.query(
            "SELECT account_id, ping_id, ping_ts, ts FROM pong ORDER BY account_id"));
    });
}

Result<void> StateTable::quarantine(const QuarantinedEvent& event) {
    return write([&](Database& database) -> Result<void> {
        auto kept = database.run(
            "INSERT INTO quarantine(event_id, event, reason, ts) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            event.event.id, event.event.to_json(), event.reason, to_stored(event.time));
        if (!kept || *kept == 0) return without_count(kept);
        return trim_quarantine(database, quarantine_max_);
    });
}

Result<std::vector<QuarantinedEvent>> StateTable::quarantined(
    const std::optional<std::string>& after, std::size_t limit, bool forward) {
    constexpr std::string_view kForward =
        "SELECT event, reason, ts FROM quarantine WHERE event_id > coalesce(?, '')"
        " ORDER BY event_id LIMIT ?";
    constexpr std::string_view kBackward =
        "SELECT event, reason, ts FROM quarantine WHERE event_id < ? ORDER BY event_id DESC LIMIT "
        "?";
    constexpr std::string_view kFromTheLast =
        "SELECT event, reason, ts FROM quarantine ORDER BY event_id DESC LIMIT ?";
    return read<std::vector<QuarantinedEvent>>([&](Database& database) {
        const auto rows_max = static_cast<std::int64_t>(limit);
        if (!forward && !after) return read_quarantined(database.query(kFromTheLast, rows_max));
        return read_quarantined(database.query(forward ? kForward : kBackward, after, rows_max));
    });
}

Result<std::optional<QuarantinedEvent>> StateTable::find_quarantined(std::string_view event_id) {
    using Found = std::optional<QuarantinedEvent>;
    return read<Found>([&](Database& database) -> Result<Found> {
        auto found = read_quarantined(database.query(
            "SELECT event, reason, ts FROM quarantine WHERE event_id = ?", event_id));
        if (!found) return std::unexpected(found.error());
        return found->empty() ? Found{} : Found{std::move(found->front())};
    });
}

Result<void> StateTable::remove_quarantined(std::string_view event_id) {
    return write([&](Database& database) { return take_quarantined(database, event_id); });
}

Result<void> StateTable::take_quarantined(Database& database, std::string_view event_id) {
    auto removed = database.run("DELETE FROM quarantine WHERE event_id = ?", event_id);
    if (!removed) return std::unexpected(removed.error());
    if (*removed == 0) return fail(ErrorKind::not_found, "no such event is quarantined");
    return {};
}

Result<std::int64_t> StateTable::quarantined_count() {
    return read<std::int64_t>([](Database& database) -> Result<std::int64_t> {
        Rows rows = database.query("SELECT count(*) FROM quarantine");
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        return rows.integer(0);
    });
}

}  // namespace dsdash::embedded
