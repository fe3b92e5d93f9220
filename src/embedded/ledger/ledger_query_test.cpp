#include "embedded/ledger/ledger_query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::embedded {
namespace {

using testing::ElementsAre;
using SortBy = LedgerQuery::SortBy;

TimePoint second(int seconds) {
    return TimePoint(std::chrono::seconds(seconds));
}

std::string name_of(const Rows& row) {
    return std::string(row.text(1));
}

class LedgerQueryTest : public testing::Test {
  protected:
    LedgerQueryTest() {
        EXPECT_TRUE(database_.run_script(
            "CREATE TABLE t(name TEXT, status TEXT, created INTEGER, modified INTEGER)"));
        add("b-1", "Completed", 10, 15);
        add("a-1", "Failed", 9, 40);
        add("c-2", "InProgress", 100, 100);
        add("d-2", "Completed", 10, 20);
    }
    void add(const char* name, const char* status, int created, int modified) {
        EXPECT_TRUE(database_.run("INSERT INTO t VALUES (?, ?, ?, ?)", name, status,
                                  created * 1'000'000, modified * 1'000'000));
    }
    LedgerPage<std::string> page(const LedgerQuery& query) {
        return read_ledger_page<std::string>(database_, "t", query, name_of).value();
    }
    std::vector<std::string> names(const LedgerQuery& query) { return page(query).entries; }

    TemporaryFolder folder_;
    Database database_ =
        Database::open(folder_.path() / "a.db", Database::Access::read_write).value();
};

TEST_F(LedgerQueryTest, SortsByCreationTimeAsANumber) {
    EXPECT_THAT(names({}), ElementsAre("a-1", "b-1", "d-2", "c-2"));
    LedgerQuery query;
    query.descending = true;
    EXPECT_THAT(names(query), ElementsAre("c-2", "d-2", "b-1", "a-1"));
}

TEST_F(LedgerQueryTest, SortsByNameAndStatus) {
    LedgerQuery query;
    query.sort_by = SortBy::name;
    EXPECT_THAT(names(query), ElementsAre("a-1", "b-1", "c-2", "d-2"));
    query.sort_by = SortBy::status;
    EXPECT_THAT(names(query), ElementsAre("b-1", "d-2", "a-1", "c-2"));
}

TEST_F(LedgerQueryTest, FiltersByNameStatusAndTimes) {
    LedgerQuery query;
    query.name_contains = "-2";
    EXPECT_THAT(names(query), ElementsAre("d-2", "c-2"));
    query.status = "Completed";
    EXPECT_THAT(names(query), ElementsAre("d-2"));
    LedgerQuery by_time;
    by_time.created_after = second(9);
    by_time.created_before = second(100);
    EXPECT_THAT(names(by_time), ElementsAre("b-1", "d-2"));
    by_time.modified_after = second(15);
    by_time.modified_before = second(21);
    EXPECT_THAT(names(by_time), ElementsAre("d-2"));
}

TEST_F(LedgerQueryTest, TakesPercentAndQuotesLiterally) {
    LedgerQuery query;
    query.name_contains = "%";
    EXPECT_TRUE(names(query).empty());
    query.name_contains = "' OR 1=1 --";
    EXPECT_TRUE(names(query).empty());
}

TEST_F(LedgerQueryTest, VisitsEveryRowOnceInPagesOfAnySizeAndOrder) {
    for (SortBy sort_by : {SortBy::name, SortBy::creation_time, SortBy::status}) {
        for (bool descending : {false, true}) {
            LedgerQuery query;
            query.sort_by = sort_by;
            query.descending = descending;
            const auto all = names(query);
            ASSERT_EQ(all.size(), 4U);
            for (std::size_t size = 1; size <= 5; ++size) {
                query.size_max = size;
                query.after.clear();
                std::vector<std::string> visited;
                for (bool has_more = true; has_more;) {
                    const auto next = page(query);
                    visited.insert(visited.end(), next.entries.begin(), next.entries.end());
                    has_more = next.next.has_value();
                    query.after = next.next.value_or("");
                }
                EXPECT_EQ(visited, all);
            }
        }
    }
}

TEST_F(LedgerQueryTest, GoesOnWhereThePageEndedThoughThatRowIsGone) {
    LedgerQuery query;
    query.size_max = 2;
    query.after = page(query).next.value();
    ASSERT_TRUE(database_.run("DELETE FROM t WHERE name = 'b-1'"));
    EXPECT_THAT(names(query), ElementsAre("d-2", "c-2"));
}

TEST_F(LedgerQueryTest, SurvivesPositionsThatAreNone) {
    for (const char* position : {":", "::", "x", "9999999999999999999999:", "\x01"}) {
        LedgerQuery query;
        query.after = position;
        EXPECT_LE(names(query).size(), 4U);
    }
}

}  // namespace
}  // namespace dsdash::embedded
