// Fills the metric table as a fleet of spokes would and measures what the dashboard asks of it.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "embedded/hub_tables/record_table.hpp"

namespace {

using namespace dsdash;
using namespace dsdash::embedded;
using SteadyClock = std::chrono::steady_clock;

constexpr int kMetrics = 50;
constexpr int kProjects = 8;
constexpr std::array<const char*, 3> kEnvironments{"dev", "int", "prod"};
constexpr int kAccounts = kProjects * static_cast<int>(kEnvironments.size());
constexpr int kSeries = kMetrics * kAccounts;
constexpr std::chrono::hours kSpan{30 * 24};
constexpr std::size_t kBatch = 1'000;
/// Put, moved and compared with plain SQLite in turns, so that a busy machine slows them alike.
constexpr std::size_t kRound = 100'000;
/// Plain SQLite keyed by text gets slower the more it holds; it is compared while it is small.
constexpr std::size_t kPlainRecordsMax = 1'000'000;

class BenchClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override { return time; }
    TimePoint time = parse_extraction_date("2026-10-24 00:00:00").value();
};

[[noreturn]] void stop(const std::string& problem) {
    fmt::print(stderr, "metric_table_bench: {}\n", problem);
    std::exit(1);
}

template <class T>
T must(Result<T> result) {
    if (!result) stop(result.error().message);
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// The fleet's records one after the other: every account reports every metric at each tick.
class Fleet {
  public:
    Fleet(TimePoint start, std::size_t records)
        : start_(start),
          tick_(std::chrono::duration_cast<std::chrono::microseconds>(kSpan) /
                std::max<std::size_t>(1, records / kSeries)) {}

    MetricRecord next() {
        const auto tick = static_cast<std::int64_t>(count_ / kSeries);
        const auto nth = static_cast<int>(count_ % kSeries);
        ++count_;
        const int metric = nth % kMetrics;
        const int account = nth / kMetrics;
        MetricRecord record{
            .series = series(metric, account),
            .extraction_date = start_ + tick_ * tick + std::chrono::milliseconds(account * 7),
            .value = Decimal(static_cast<std::int64_t>(random_() % 10'000)),
            .metadata = "{}",
            .event_id = fmt::format("{:08x}-0000-4000-8000-{:012x}", count_ % 0xffffffff, count_),
            .original_extraction_date = std::nullopt};
        return record;
    }

    static SeriesKey series(int metric, int account) {
        return {fmt::format("NumberOfThings{:02}", metric),
                fmt::format("Project{}", account / static_cast<int>(kEnvironments.size())),
                kEnvironments.at(static_cast<std::size_t>(account) % kEnvironments.size()),
                fmt::format("{:012}", 222'222'000'000 + account)};
    }

  private:
    TimePoint start_;
    std::chrono::microseconds tick_;
    std::size_t count_ = 0;
    std::mt19937_64 random_{1};
};

/// What a hub without RecordTable would do: one table, keyed as in DynamoDB.
class PlainTable {
  public:
    explicit PlainTable(const std::filesystem::path& file)
        : database_(must(Database::open(file, Database::Access::read_write))) {
        must(database_.run_script(
            "CREATE TABLE records(MetricName TEXT, ExtractionDate TEXT, MetricValue, Metadata TEXT,"
            " Environment TEXT, ProjectName TEXT, AccountId TEXT, EventId TEXT,"
            " PRIMARY KEY (MetricName, ExtractionDate)) WITHOUT ROWID"));
    }

    void put(std::span<const MetricRecord> records) {
        must(database_.run_script("BEGIN"));
        for (const auto& record : records) {
            must(database_.run(
                "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                record.series.metric_name, format_extraction_date(record.extraction_date),
                record.value.to_string(), record.metadata, record.series.environment,
                record.series.project_name, record.series.account_id, record.event_id));
        }
        must(database_.run_script("COMMIT"));
    }

  private:
    Database database_;
};

double seconds_of(const std::function<void()>& work) {
    const auto start = SteadyClock::now();
    work();
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

double quantile(std::vector<double> values, double q) {
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(
        std::lround(q * static_cast<double>(values.size() - 1)))];
}

void print_rates(std::string_view what, const std::vector<double>& rates) {
    if (rates.empty()) return;
    fmt::print("{:<52} {:>9.0f} /s median {:>9.0f} - {:.0f}\n", what, quantile(rates, 0.5),
               quantile(rates, 0), quantile(rates, 1));
}

void print_latency(std::string_view what, int runs, const std::function<void(int)>& query) {
    std::vector<double> milliseconds;
    for (int run = 0; run < runs; ++run) {
        milliseconds.push_back(seconds_of([&] { query(run); }) * 1'000);
    }
    fmt::print("{:<52} {:>9.3f} ms p50 {:>9.3f} ms p95\n", what, quantile(milliseconds, 0.5),
               quantile(milliseconds, 0.95));
}

struct Rates {
    std::vector<double> put, moved, plain;
};

/// One round: the same records into the table, into plain SQLite, and on into the history.
void run_round(std::span<const MetricRecord> records, RecordTable& table, PlainTable* plain,
               BenchClock& clock, Rates& rates) {
    const auto count = static_cast<double>(records.size());
    const auto in_batches = [&](const auto& put) {
        for (std::size_t at = 0; at < records.size(); at += kBatch) {
            put(records.subspan(at, std::min(kBatch, records.size() - at)));
        }
    };
    rates.put.push_back(count / seconds_of([&] {
                            in_batches([&](auto batch) {
                                for (const auto& answer : table.put(batch)) {
                                    if (!answer || *answer != Stored::inserted)
                                        stop("a record was not inserted");
                                }
                            });
                        }));
    if (plain != nullptr) {
        rates.plain.push_back(
            count / seconds_of([&] { in_batches([&](auto batch) { plain->put(batch); }); }));
    }
    clock.time = records.back().extraction_date;
    std::size_t moved = 0;
    const auto moving = seconds_of([&] {
        for (std::size_t step = 1; step > 0; moved += step) step = must(table.move_step());
    });
    if (moved > 0) rates.moved.push_back(static_cast<double>(moved) / moving);
}

void fill(RecordTable& table, PlainTable& plain, BenchClock& clock, std::size_t records) {
    Fleet fleet(clock.time, records);
    Rates rates;
    for (std::size_t done = 0; done < records; done += kRound) {
        std::vector<MetricRecord> round;
        for (auto left = std::min(kRound, records - done); left > 0; --left) {
            round.push_back(fleet.next());
        }
        run_round(round, table, done < kPlainRecordsMax ? &plain : nullptr, clock, rates);
    }
    print_rates("put, 1,000 records a batch, on disk", rates.put);
    print_rates("  the same records straight into plain SQLite", rates.plain);
    print_rates("moved on into the history, with roll-ups", rates.moved);
}

void ask(RecordTable& table, TimePoint now, int runs) {
    std::mt19937 random{2};
    const auto from = now - kSpan;
    print_latency(fmt::format("overview: latest of {} series", kSeries), runs, [&](int) {
        if (must(table.latest()).size() != kSeries) stop("a series is missing");
    });
    print_latency("one series, 30 days in 500 points", runs, [&](int) {
        const auto series = Fleet::series(static_cast<int>(random() % kMetrics),
                                          static_cast<int>(random() % kAccounts));
        must(table.history({.series = series, .from = from, .to = now}));
    });
    print_latency("one metric of all projects, 30 days", runs, [&](int run) {
        must(table.metric_history({.metric_name = Fleet::series(run % kMetrics, 0).metric_name,
                                   .from = from,
                                   .to = now}));
    });
    print_latency("one metric of all projects, 30 days, a line each", runs, [&](int run) {
        for (int account = 0; account < kAccounts; ++account) {
            must(table.history(
                {.series = Fleet::series(run % kMetrics, account), .from = from, .to = now}));
        }
    });
    print_latency("page of 1,000 by metric and date", runs, [&](int run) {
        const auto start = from + kSpan / runs * run;
        must(table.by_metric(Fleet::series(run % kMetrics, 0).metric_name, {.from = start}));
    });
    print_latency("page of 1,000 by project and date", runs, [&](int run) {
        const auto start = from + kSpan / runs * run;
        must(table.by_project("Project3", {.from = start}, std::nullopt));
    });
}

void run(const std::filesystem::path& directory, std::size_t records, int runs) {
    BenchClock clock;
    const auto file = directory / "table.db";
    auto database = must(Database::open(file, Database::Access::read_write));
    must(database.run_script(RecordTable::schema()));
    Writer writer(std::move(database));
    ReadPool reads(file);
    const AccountIdentity identity{.id = must(AccountId::parse("111111111111")),
                                   .name = "hub",
                                   .region = must(Region::parse("eu-west-1")),
                                   .access_key_id = {},
                                   .secret_access_key = {}};
    RecordTable table({identity, writer, reads, clock}, RecordTable::Moving::by_steps);
    must(table.create());
    PlainTable plain(directory / "plain.db");

    fmt::print("{} records of {} series over 30 days\n", records, kSeries);
    fill(table, plain, clock, records);
    fmt::print(
        "{:<52} {:>9.0f}\n", "bytes a record",
        static_cast<double>(std::filesystem::file_size(file)) / static_cast<double>(records));
    ask(table, clock.time, runs);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Measures the embedded metric table"};
    std::size_t records = 10'000'000;
    int runs = 200;
    std::filesystem::path directory = std::filesystem::temp_directory_path();
    app.add_option("--records", records, "how many to fill it with")
        ->check(CLI::Range(kSeries * 1, 1'000'000'000));
    app.add_option("--runs", runs, "how often each question is asked")
        ->check(CLI::Range(1, 100'000));
    app.add_option("--directory", directory, "where to put the files, in a folder that is removed");
    CLI11_PARSE(app, argc, argv);

    std::string folder = (directory / "dsdash-bench-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) stop("cannot create " + folder);
    run(folder, records, runs);
    std::filesystem::remove_all(folder);
    return 0;
}
