#include "embedded/storage/writer.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "embedded/storage/read_pool.hpp"
#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::embedded {
namespace {

constexpr int kThreads = 8;

Database open_table(const std::filesystem::path& file, const char* settings = "") {
    auto database = Database::open(file, Database::Access::read_write);
    EXPECT_TRUE(database);
    EXPECT_TRUE(database->run_script("CREATE TABLE t(id INTEGER PRIMARY KEY, v)"));
    EXPECT_TRUE(database->run_script(settings));
    return *std::move(database);
}

Result<std::int64_t> count(Database& database) {
    Rows rows = database.query("SELECT count(*) FROM t");
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    return rows.integer(0);
}

class WriterTest : public testing::Test {
  protected:
    std::int64_t rows_read() { return reads_.read<std::int64_t>(count).value(); }

    Result<void> insert(std::int64_t id) {
        return writer_.write<void>([id](Database& database) -> Result<void> {
            auto inserted = database.run("INSERT INTO t(id) VALUES (?)", id);
            if (!inserted) return std::unexpected(inserted.error());
            return {};
        });
    }

    /// Holds the writer's thread while `queue` fills the next group from `kThreads` threads.
    void run_in_one_group(const std::function<void(int thread)>& work) {
        std::latch holding(1);
        std::latch release(1);
        std::thread holder([&] {
            static_cast<void>(writer_.write<void>([&](Database&) -> Result<void> {
                holding.count_down();
                release.wait();
                return {};
            }));
        });
        holding.wait();
        std::latch started(kThreads);
        std::vector<std::thread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&, thread] {
                started.count_down();
                work(thread);
            });
        }
        started.wait();
        release.count_down();
        holder.join();
        for (auto& thread : threads) thread.join();
    }

    TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "a.db";
    Writer writer_{open_table(file_)};
    ReadPool reads_{file_};
};

TEST_F(WriterTest, ShowsReadersWhatItAcknowledged) {
    ASSERT_TRUE(insert(1));
    EXPECT_EQ(rows_read(), 1);
}

TEST_F(WriterTest, ReturnsTheValueOfTheWork) {
    auto answer = writer_.write<std::string>([](Database&) -> Result<std::string> { return "v"; });
    EXPECT_EQ(answer.value(), "v");
}

TEST_F(WriterTest, UndoesAWorkThatFails) {
    auto answer = writer_.write<int>([](Database& database) -> Result<int> {
        EXPECT_TRUE(database.run("INSERT INTO t(id) VALUES (1)"));
        return fail(ErrorKind::conflict, "no");
    });
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::conflict);
    EXPECT_EQ(rows_read(), 0);
}

TEST_F(WriterTest, KeepsTheNeighboursOfAWorkThatFails) {
    run_in_one_group([&](int thread) {
        auto answer = writer_.write<void>([&](Database& database) -> Result<void> {
            EXPECT_TRUE(database.run("INSERT INTO t(id) VALUES (?)", thread));
            if (thread % 2 == 0) return fail(ErrorKind::conflict, "even");
            return {};
        });
        EXPECT_EQ(answer.has_value(), thread % 2 == 1);
    });
    EXPECT_EQ(rows_read(), kThreads / 2);
}

TEST_F(WriterTest, HandsAnExceptionToTheOneWhoseWorkThrew) {
    auto throwing = [](Database& database) -> Result<void> {
        EXPECT_TRUE(database.run("INSERT INTO t(id) VALUES (1)"));
        throw std::logic_error("bug");
    };
    EXPECT_THROW(static_cast<void>(writer_.write<void>(throwing)), std::logic_error);
    EXPECT_EQ(rows_read(), 0);
    EXPECT_TRUE(insert(1));
}

TEST_F(WriterTest, CommitsTheWorkOfManyThreads) {
    constexpr int kWorks = 200;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([&, thread] {
            for (int work = 0; work < kWorks; ++work) {
                EXPECT_TRUE(insert(thread * kWorks + work));
                EXPECT_GE(rows_read(), work + 1);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(rows_read(), kThreads * kWorks);
}

TEST_F(WriterTest, FinishesWhatWasHandedInBeforeItGoes) {
    const auto file = folder_.path() / "b.db";
    {
        Writer writer(open_table(file));
        std::latch running(1);
        std::thread thread([&] {
            EXPECT_TRUE(writer.write<void>([&](Database& database) -> Result<void> {
                running.count_down();
                EXPECT_TRUE(database.run("INSERT INTO t(id) VALUES (1)"));
                return {};
            }));
        });
        running.wait();
        thread.join();
    }
    ReadPool reads(file);
    EXPECT_EQ(reads.read<std::int64_t>(count).value(), 1);
}

TEST_F(WriterTest, RefusesWhatDoesNotFitOnTheDiskAndGoesOn) {
    const auto file = folder_.path() / "full.db";
    Writer writer(open_table(file, "PRAGMA max_page_count=16"));
    auto insert_bytes = [&](std::int64_t bytes) {
        return writer.write<std::int64_t>([&](Database& database) {
            return database.run("INSERT INTO t(v) VALUES (zeroblob(?))", bytes);
        });
    };
    ASSERT_TRUE(insert_bytes(10));
    auto refused = insert_bytes(1'000'000);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::unreachable);
    EXPECT_TRUE(insert_bytes(10));
    ReadPool reads(file);
    EXPECT_EQ(reads.read<std::int64_t>(count).value(), 2);
}

TEST_F(WriterTest, TellsEveryoneInTheGroupThatTheCommitFailed) {
    // A deferred foreign key is checked at COMMIT alone: the surest way to make one fail.
    ASSERT_TRUE(writer_.write<void>([](Database& database) {
        return database.run_script(
            "CREATE TABLE child(parent INTEGER REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)");
    }));
    run_in_one_group([&](int thread) {
        auto answer = writer_.write<std::int64_t>([&](Database& database) {
            EXPECT_TRUE(database.run("INSERT INTO t(id) VALUES (?)", thread));
            return database.run("INSERT INTO child VALUES (99)");
        });
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().kind, ErrorKind::internal);
    });
    EXPECT_EQ(rows_read(), 0);
    EXPECT_TRUE(insert(1));
}

TEST_F(WriterTest, FailsTheGroupWhenAWorkEndsTheTransaction) {
    auto answer = writer_.write<void>([](Database& database) -> Result<void> {
        EXPECT_TRUE(database.run("INSERT INTO t(id) VALUES (1)"));
        return database.run_script("ROLLBACK");
    });
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::unreachable);
    EXPECT_EQ(rows_read(), 0);
    EXPECT_TRUE(insert(1));
}

TEST_F(WriterTest, LetsAReaderKeepItsSnapshot) {
    ASSERT_TRUE(insert(1));
    auto counts = reads_.read<std::pair<std::int64_t, std::int64_t>>(
        [&](Database& database) -> Result<std::pair<std::int64_t, std::int64_t>> {
            const auto before = count(database).value();
            EXPECT_TRUE(insert(2));
            return std::pair{before, count(database).value()};
        });
    EXPECT_EQ(counts.value(), (std::pair<std::int64_t, std::int64_t>{1, 1}));
    EXPECT_EQ(rows_read(), 2);
}

TEST_F(WriterTest, LendsNestedReadsAConnectionEach) {
    auto inner = reads_.read<std::int64_t>(
        [&](Database&) -> Result<std::int64_t> { return reads_.read<std::int64_t>(count); });
    EXPECT_EQ(inner.value(), 0);
}

TEST_F(WriterTest, ReadsOnAfterAReadThrew) {
    auto throwing = [](Database&) -> Result<int> { throw std::logic_error("bug"); };
    EXPECT_THROW(static_cast<void>(reads_.read<int>(throwing)), std::logic_error);
    EXPECT_EQ(rows_read(), 0);
}

}  // namespace
}  // namespace dsdash::embedded
