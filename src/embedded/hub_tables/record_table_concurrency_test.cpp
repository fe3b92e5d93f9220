#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "embedded/testing/record_table_fixture.hpp"

namespace dsdash::embedded {
namespace {

constexpr int kWriters = 3;
constexpr int kBatches = 12;
constexpr int kBatchRecords = 25;

class RecordTableConcurrency : public RecordTableFixture {
  protected:
    /// Writer `writer`'s record of value `value`: one a minute, all writers at the same dates.
    [[nodiscard]] static MetricRecord nth(int writer, int value) {
        auto one = of_series(record("2026-11-01 00:00:00", std::to_string(value)),
                             {"Jobs", "p" + std::to_string(writer), "dev", "1"});
        one.extraction_date += std::chrono::minutes(value);
        return one;
    }

    void write_all(int writer) {
        for (int batch = 0; batch < kBatches; ++batch) {
            std::vector<MetricRecord> records;
            for (int i = 0; i < kBatchRecords; ++i) {
                records.push_back(nth(writer, batch * kBatchRecords + i));
            }
            for (const auto& answer : table().put(records)) EXPECT_TRUE(answer);
            // A lost answer: the same again.
            for (const auto& answer : table().put(records)) {
                EXPECT_EQ(answer.value(), Stored::duplicate);
            }
        }
    }

    /// Every snapshot holds whole batches: of each series the values 0 … n.
    void check_snapshot() {
        std::map<std::string, std::set<std::string>> values;
        std::size_t count = 0;
        for (const auto& one : all_records()) {
            values[one.series.project_name].insert(one.value.to_string());
            ++count;
        }
        std::size_t distinct = 0;
        for (const auto& [project, seen] : values) {
            distinct += seen.size();
            EXPECT_EQ(seen.size() % kBatchRecords, 0U);
            EXPECT_TRUE(seen.contains(std::to_string(seen.size() - 1)));
        }
        EXPECT_EQ(distinct, count);
    }

    void write_and_read_at_once() {
        std::atomic<int> writing = kWriters;
        std::vector<std::thread> threads;
        for (int writer = 0; writer < kWriters; ++writer) {
            threads.emplace_back([&, writer] {
                write_all(writer);
                --writing;
            });
        }
        threads.emplace_back([&] {
            while (writing > 0) EXPECT_TRUE(table().move_step());
        });
        threads.emplace_back([&] {
            while (writing > 0) {
                EXPECT_TRUE(table().latest());
                EXPECT_TRUE(table().metric_history(
                    {"Jobs", date("2026-11-01 00:00:00"), date("2026-11-23 00:00:00"), 50}));
            }
        });
        while (writing > 0) check_snapshot();
        for (auto& thread : threads) thread.join();
        check_snapshot();
        EXPECT_EQ(table().count().value(), kWriters * kBatches * kBatchRecords);
    }
};

TEST_F(RecordTableConcurrency, ShowsWholePutsToReadersWhileTheMoverRuns) {
    write_and_read_at_once();
}

TEST_F(RecordTableConcurrency, MovesInTheBackground) {
    reopen(RecordTable::Moving::in_background);
    write_and_read_at_once();
    while (number("SELECT count(*) FROM arrival") > 0) std::this_thread::yield();
    EXPECT_EQ(number("SELECT count(*) FROM history"), kWriters * kBatches * kBatchRecords);
}

TEST_F(RecordTableConcurrency, IsDroppedWhileOthersPut) {
    std::thread writer([&] {
        for (int i = 0; i < 60; ++i) {
            const auto one = nth(0, i);
            const auto answers = table().put({&one, 1});
            if (!answers.front()) {
                EXPECT_EQ(answers.front().error().kind, ErrorKind::not_found);
            }
        }
    });
    for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(table().drop(true));
        EXPECT_TRUE(table().create());
    }
    writer.join();
    EXPECT_EQ(static_cast<std::int64_t>(all_records().size()), table().count().value());
}

}  // namespace
}  // namespace dsdash::embedded
