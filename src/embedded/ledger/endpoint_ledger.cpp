#include "embedded/ledger/endpoint_ledger.hpp"

#include <fmt/format.h>

#include "embedded/ledger/ledger_name.hpp"
#include "embedded/ledger/loopback_url.hpp"
#include "embedded/storage/stored_time.hpp"

namespace dsdash::embedded {

namespace {

/// Bounds how long a round of checks may take: a second for each endpoint that hangs.
constexpr std::size_t kEndpointsMax = 100;

/// Column 0 is the row's position in a list.
RegisteredEndpoint read_row(const Rows& row) {
    return {.name = std::string(row.text(1)),
            .url = std::string(row.text(2)),
            .health_url = std::string(row.text(3)),
            .status = std::string(row.text(4)),
            .created = from_micros(row.integer(5)),
            .last_modified = from_micros(row.integer(6))};
}

Result<void> check_room_for_another(Database& database) {
    Rows rows = database.query("SELECT count(*) FROM endpoint");
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (rows.integer(0) < static_cast<std::int64_t>(kEndpointsMax)) return {};
    return fail(ErrorKind::throttled,
                fmt::format("An account holds at most {} endpoints.", kEndpointsMax),
                "ResourceLimitExceeded");
}

Result<void> insert(Database& database, const RegisteredEndpoint& endpoint) {
    if (auto room = check_room_for_another(database); !room) return room;
    auto inserted =
        database.run("INSERT INTO endpoint VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT DO NOTHING",
                     endpoint.name, endpoint.url, endpoint.health_url, endpoint.status,
                     to_micros(endpoint.created));
    if (!inserted) return std::unexpected(inserted.error());
    if (*inserted == 0) {
        return fail(ErrorKind::conflict,
                    fmt::format("An endpoint named {} is registered already.", endpoint.name),
                    "ResourceInUse");
    }
    return {};
}

}  // namespace

const char* EndpointLedger::schema() {
    return "CREATE TABLE IF NOT EXISTS endpoint("
           "  name TEXT PRIMARY KEY, url TEXT NOT NULL, health_url TEXT NOT NULL,"
           "  status TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL)"
           "  WITHOUT ROWID;";
}

EndpointLedger::EndpointLedger(const AccountParts& parts) : parts_(parts) {}

Result<RegisteredEndpoint> EndpointLedger::add(std::string_view name, std::string_view url,
                                               std::string_view health_url) {
    if (auto named = check_ledger_name("EndpointName", name); !named) {
        return std::unexpected(named.error());
    }
    auto ping = parse_loopback_url("Url", url);
    if (!ping) return std::unexpected(ping.error());
    if (!health_url.empty()) {
        if (auto checked = parse_loopback_url("HealthUrl", health_url); !checked) {
            return std::unexpected(checked.error());
        }
    }
    const TimePoint now = parts_.clock.now();
    RegisteredEndpoint endpoint{
        std::string(name),
        std::string(url),
        health_url.empty() ? ping->origin + "/ping" : std::string(health_url),
        "Creating",
        now,
        now};
    auto inserted =
        parts_.writer.write<void>([&](Database& database) { return insert(database, endpoint); });
    if (!inserted) return std::unexpected(inserted.error());
    return endpoint;
}

Result<bool> EndpointLedger::remove(std::string_view name) {
    return parts_.writer.write<bool>([&](Database& database) -> Result<bool> {
        auto removed = database.run("DELETE FROM endpoint WHERE name = ?", name);
        if (!removed) return std::unexpected(removed.error());
        return *removed > 0;
    });
}

Result<std::optional<RegisteredEndpoint>> EndpointLedger::find(std::string_view name) {
    using Found = std::optional<RegisteredEndpoint>;
    return parts_.reads.read<Found>([&](Database& database) -> Result<Found> {
        Rows rows = database.query("SELECT '', * FROM endpoint WHERE name = ?", name);
        auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return std::nullopt;
        return read_row(rows);
    });
}

Result<LedgerPage<RegisteredEndpoint>> EndpointLedger::list(const LedgerQuery& query) {
    return parts_.reads.read<LedgerPage<RegisteredEndpoint>>([&](Database& database) {
        return read_ledger_page<RegisteredEndpoint>(database, "endpoint", query, read_row);
    });
}

Result<void> EndpointLedger::check_all(const Probe& probe, const std::stop_token& stop) {
    LedgerQuery everything;
    everything.size_max = kEndpointsMax;
    auto page = list(everything);
    if (!page) return std::unexpected(page.error());
    for (const RegisteredEndpoint& endpoint : page->entries) {
        if (stop.stop_requested()) break;
        if (auto checked = check(endpoint, probe); !checked) return checked;
    }
    return {};
}

Result<void> EndpointLedger::check(std::string_view name, const Probe& probe) {
    auto endpoint = find(name);
    if (!endpoint) return std::unexpected(endpoint.error());
    if (!*endpoint) return {};
    return check(**endpoint, probe);
}

Result<void> EndpointLedger::check(const RegisteredEndpoint& endpoint, const Probe& probe) {
    const char* status = probe(endpoint.health_url) ? "InService" : "OutOfService";
    if (status == endpoint.status) return {};
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        // Meanwhile another endpoint may have been registered under the name.
        auto changed = database.run(
            "UPDATE endpoint SET status = ?1, modified = ?2 WHERE name = ?3 AND created = ?4"
            " AND status <> ?1",
            status, to_micros(parts_.clock.now()), endpoint.name, to_micros(endpoint.created));
        if (!changed) return std::unexpected(changed.error());
        return {};
    });
}

}  // namespace dsdash::embedded
