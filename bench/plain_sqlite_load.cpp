// The yardstick: the records of put_events_load straight into one SQLite table, keyed as in
// DynamoDB, without a server, signatures, JSON or rules. Each transaction is on disk before the
// next begins.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>

#include "domain/utc_time.hpp"
#include "embedded/storage/sqlite.hpp"
#include "fleet.hpp"

namespace {

using namespace dsdash;
using embedded::Database;

template <class T>
T must(Result<T> result) {
    if (!result) {
        fmt::print(stderr, "plain_sqlite_load: {}\n", result.error().message);
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

void insert(Database& database, std::int64_t event, TimePoint first_date) {
    const auto metric = event % bench::kFleetMetrics;
    const auto project = event / bench::kFleetMetrics % bench::kFleetProjects;
    must(database.run("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                      fmt::format("metric-{:02}", metric),
                      format_extraction_date(first_date + std::chrono::microseconds(event)), 42,
                      "{}", "dev", fmt::format("project-{:02}", project), "222222222222",
                      fmt::format("019aba00-0000-7000-8000-{:012x}", event)));
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Inserts metric records into plain SQLite, each transaction on disk.");
    std::string file;
    std::int64_t records = 0;
    std::int64_t records_a_transaction = 10;
    app.add_option("--file", file, "a database that is not there yet")->required();
    app.add_option("--records", records)->required()->check(CLI::Range(1, 100'000'000));
    app.add_option("--records-a-transaction", records_a_transaction)->check(CLI::Range(1, 100'000));
    CLI11_PARSE(app, argc, argv);

    auto database = must(Database::open(file, Database::Access::read_write));
    must(database.run_script(
        "CREATE TABLE records(MetricName TEXT, ExtractionDate TEXT, MetricValue, Metadata TEXT,"
        " Environment TEXT, ProjectName TEXT, AccountId TEXT, EventId TEXT,"
        " PRIMARY KEY (MetricName, ExtractionDate)) WITHOUT ROWID"));
    const auto first_date =
        std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    const auto begin = std::chrono::steady_clock::now();
    for (std::int64_t event = 0; event < records;) {
        must(database.run_script("BEGIN IMMEDIATE"));
        for (auto left = std::min(records_a_transaction, records - event); left > 0; --left) {
            insert(database, event++, first_date);
        }
        must(database.run_script("COMMIT"));
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    fmt::print("records_per_second {:.0f}\n", static_cast<double>(records) / spent.count());
    return 0;
}
