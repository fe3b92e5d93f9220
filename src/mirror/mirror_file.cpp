#include "mirror/mirror_file.hpp"

#include <fmt/format.h>

#include "embedded/hub_tables/record_expiry.hpp"
#include "embedded/storage/file_lock.hpp"
#include "embedded/storage/private_file.hpp"
#include "embedded/storage/stored_time.hpp"

namespace dsdash::mirror {

namespace {

using embedded::AccountIdentity;
using embedded::Database;
using embedded::FileLock;
using embedded::RecordExpiry;
using embedded::RecordTable;
using embedded::Rows;
using embedded::StateTable;

const char* schema() {
    return R"sql(
CREATE TABLE IF NOT EXISTS mirror(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  account_id TEXT NOT NULL,
  region TEXT NOT NULL,
  polled_ts INTEGER) STRICT;
)sql";
}

Result<void> create_tables(Database& database) {
    if (auto begun = database.run_script("BEGIN IMMEDIATE"); !begun) return begun;
    for (const auto* sql : {schema(), MirroredMetrics::schema(), RecordTable::schema(),
                            RecordExpiry::schema(), StateTable::schema()}) {
        if (auto created = database.run_script(sql); !created) return created;
    }
    if (auto upgraded = RecordTable::upgrade(database); !upgraded) return upgraded;
    return database.run_script("COMMIT");
}

Result<void> check_source(Database& database, const MirrorSource& source,
                          const std::filesystem::path& folder) {
    auto noted = database.run(
        "INSERT INTO mirror(id, account_id, region) VALUES (1, ?, ?) ON CONFLICT DO NOTHING",
        source.account.text(), source.region.text());
    if (!noted) return std::unexpected(noted.error());
    Rows rows = database.query("SELECT account_id, region FROM mirror");
    const auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (rows.text(0) == source.account.text() && rows.text(1) == source.region.text()) return {};
    return fail(
        ErrorKind::conflict,
        fmt::format("{} is the cache of account {} in {}, not of {} in {}", folder.string(),
                    rows.text(0), rows.text(1), source.account.text(), source.region.text()));
}

Result<FileLock> lock(const std::filesystem::path& folder) {
    auto lock = FileLock::try_to_take(folder / "lock");
    if (!lock && lock.error().kind == ErrorKind::conflict) {
        lock.error().message =
            fmt::format("another dsdash dashboard uses the cache {}", folder.string());
        lock.error().hint = "give this one another folder with --cache";
    }
    return lock;
}

}  // namespace

struct MirrorFile::State {
    State(FileLock lock_in, const MirrorSource& source, Database database,
          const std::filesystem::path& file, const Clock& clock)
        : lock(std::move(lock_in)),
          identity{.id = source.account,
                   .name = {},
                   .region = source.region,
                   .access_key_id = {},
                   .secret_access_key = {}},
          writer(std::move(database)),
          reads(file),
          parts{identity, writer, reads, clock} {}

    FileLock lock;
    AccountIdentity identity;
    embedded::Writer writer;
    embedded::ReadPool reads;
    embedded::AccountParts parts;
    RecordTable records{parts};
    StateTable state{parts};
    MirroredMetrics metrics{parts};
};

MirrorFile::MirrorFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
MirrorFile::~MirrorFile() = default;

Result<std::unique_ptr<MirrorFile>> MirrorFile::open(const std::filesystem::path& folder,
                                                     const MirrorSource& source,
                                                     const Clock& clock) {
    if (auto created = embedded::create_private_folder(folder); !created) {
        return std::unexpected(std::move(created.error()));
    }
    if (auto safe = embedded::refuse_if_writable_by_all(folder); !safe) {
        return std::unexpected(std::move(safe.error()));
    }
    auto locked = lock(folder);
    if (!locked) return std::unexpected(std::move(locked.error()));
    const auto file = folder / "mirror.db";
    auto database = Database::open(file, Database::Access::read_write);
    if (!database) return std::unexpected(std::move(database.error()));
    auto ready = create_tables(*database);
    if (ready) ready = check_source(*database, source, folder);
    if (!ready) return std::unexpected(std::move(ready.error()));
    std::unique_ptr<MirrorFile> mirror(new MirrorFile(
        std::make_unique<State>(*std::move(locked), source, *std::move(database), file, clock)));
    ready = mirror->records().create();
    if (ready) ready = mirror->state().create();
    if (!ready) return std::unexpected(std::move(ready.error()));
    return mirror;
}

RecordTable& MirrorFile::records() {
    return state_->records;
}
StateTable& MirrorFile::state() {
    return state_->state;
}
MirroredMetrics& MirrorFile::metrics() {
    return state_->metrics;
}

Result<std::optional<TimePoint>> MirrorFile::polled() {
    using Polled = std::optional<TimePoint>;
    return state_->reads.read<Polled>([](Database& database) -> Result<Polled> {
        Rows rows = database.query("SELECT polled_ts FROM mirror");
        const auto row = rows.next();
        if (!row) return std::unexpected(row.error());
        return rows.is_null(0) ? Polled{} : Polled{embedded::from_micros(rows.integer(0))};
    });
}

Result<void> MirrorFile::set_polled(TimePoint time) {
    return state_->writer.write<void>([&](Database& database) -> Result<void> {
        const auto set = database.run("UPDATE mirror SET polled_ts = ?", embedded::to_micros(time));
        if (!set) return std::unexpected(set.error());
        return {};
    });
}

Result<void> MirrorFile::remove_quarantined(const std::vector<std::string>& event_ids) {
    return state_->writer.write<void>([&](Database& database) -> Result<void> {
        for (const auto& id : event_ids) {
            auto taken = StateTable::take_quarantined(database, id);
            if (!taken && taken.error().kind != ErrorKind::not_found) return taken;
        }
        return {};
    });
}

}  // namespace dsdash::mirror
