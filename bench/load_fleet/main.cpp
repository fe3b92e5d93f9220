// Fills the metric table of a hub with the dashboard's fleet, up to the hour that is. A fleet that
// is there already is brought up to date. Nobody may serve the folder meanwhile.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/state_table.hpp"
#include "load_fleet/dashboard_fleet.hpp"

namespace {

using namespace dsdash;
using namespace dsdash::embedded;
using bench::DashboardFleet;
using Hours = DashboardFleet::Hours;
using std::chrono::hours;
using SteadyClock = std::chrono::steady_clock;

/// Behind the end of an hour it is moved (series_mover.hpp leaves five minutes).
constexpr std::chrono::minutes kMoved{10};
/// So much is put and then moved, so that each page of the roll-ups is written with ten days in it.
constexpr std::chrono::days kRound{10};
/// Two hours of the fleet: a put takes 10,000 records at most.
constexpr int kHoursAPut = 2;
/// The writer runs what waits in one transaction: so many steps of the mover, or a million records.
constexpr int kMovingThreads = 500;

// Whoever ends the load loses one put, and the next load goes on from there; only a crash of the
// machine may spoil the file. Pages stay in memory until they are full.
constexpr const char* kBulkSettings =
    "PRAGMA synchronous=OFF; PRAGMA cache_size=-600000; PRAGMA wal_autocheckpoint=40000;";

[[noreturn]] void stop(const std::string& problem) {
    fmt::print(stderr, "load_fleet: {}\n", problem);
    std::exit(1);
}

template <class T>
T must(Result<T> result) {
    if (!result) stop(result.error().message);
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// Stands where the load stands, so that what is put is soon of a finished hour.
class LoadClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override { return time; }
    std::atomic<TimePoint> time;
};

/// The hour behind the newest record, or `start` when that is later.
Hours first_missing_hour(RecordTable& table, Hours start) {
    for (const auto& record : must(table.latest())) {
        start = std::max(start, std::chrono::floor<hours>(record.extraction_date) + hours(1));
    }
    return start;
}

std::size_t put(RecordTable& table, std::span<const MetricRecord> records) {
    for (const auto& answer : table.put(records)) {
        if (must(answer) != Stored::inserted) stop("a record was there already");
    }
    return records.size();
}

void move_all(RecordTable& table) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kMovingThreads; ++i) {
        threads.emplace_back([&] {
            while (must(table.move_step()) > 0) continue;
        });
    }
}

std::size_t load(RecordTable& table, LoadClock& clock, const DashboardFleet& fleet, Hours from,
                 Hours end) {
    std::size_t records = 0;
    const auto begun = SteadyClock::now();
    std::vector<MetricRecord> batch;
    for (Hours round = from; round < end; round += kRound) {
        const auto round_end = std::min(round + kRound, end);
        for (Hours hour = round; hour < round_end; hour += hours(kHoursAPut)) {
            batch.clear();
            for (Hours one = hour; one < std::min(hour + hours(kHoursAPut), round_end);
                 one += hours(1)) {
                fleet.append_hour(one, batch);
            }
            records += put(table, batch);
        }
        // What the hub would have moved by now: not the hour that has begun.
        clock.time = TimePoint(round_end) + (round_end < end ? kMoved : -kMoved);
        move_all(table);
        const std::chrono::duration<double> spent = SteadyClock::now() - begun;
        fmt::print(stderr, "\r{} of {} days, {:.0f} records/s ", (round_end - from) / hours(24),
                   (end - from) / hours(24), static_cast<double>(records) / spent.count());
    }
    if (records > 0) fmt::print(stderr, "\n");
    return records;
}

void run(const std::filesystem::path& file, int days, int spokes) {
    auto database = must(Database::open(file, Database::Access::read_write));
    const auto identity = must(load_identity(database));
    must(database.run_script(RecordTable::schema()));
    must(RecordTable::upgrade(database));
    must(database.run_script(kBulkSettings));
    Writer writer(std::move(database));
    ReadPool reads(file);
    LoadClock clock;
    const AccountParts parts{identity, writer, reads, clock};
    RecordTable table(parts, RecordTable::Moving::by_steps);
    StateTable state(parts);

    // The hour that has begun has reported in its first seconds.
    const auto now = std::chrono::system_clock::now() - std::chrono::minutes(1);
    const auto end = std::chrono::floor<hours>(now) + hours(1);
    clock.time = std::chrono::floor<TimePoint::duration>(now);
    const auto from = first_missing_hour(table, end - std::chrono::days(days));
    const DashboardFleet fleet(end, spokes);
    const auto begun = SteadyClock::now();
    const auto records = load(table, clock, fleet, from, end);
    const std::chrono::duration<double> spent = SteadyClock::now() - begun;
    for (const auto& report : fleet.reports()) must(state.put_report(report));
    fmt::print("records {}\nseconds {:.3f}\n", records, spent.count());
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Fills a hub with the fleet that the dashboard is measured with"};
    std::filesystem::path file;
    int days = 730;
    int spokes = DashboardFleet::kSpokesMax;
    app.add_option("--file", file, "the hub's account, DATA/accounts/ID.db, with a deployed hub")
        ->required()
        ->check(CLI::ExistingFile);
    app.add_option("--days", days, "how far back the fleet goes")->check(CLI::Range(1, 3'650));
    app.add_option("--spokes", spokes, "with 30 series each")
        ->check(CLI::Range(1, DashboardFleet::kSpokesMax));
    CLI11_PARSE(app, argc, argv);
    run(file, days, spokes);
    return 0;
}
