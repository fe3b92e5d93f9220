#include "embedded/hub_tables/record_expiry.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/record_table_fixture.hpp"

namespace dsdash::embedded {
namespace {

/// It is 2026-11-23 12:00.
class RecordExpiryTest : public RecordTableFixture {
  protected:
    std::int64_t expire_all() {
        std::int64_t taken = 0;
        for (auto step = table().expire_step().value(); step > 0;
             step = table().expire_step().value()) {
            EXPECT_LE(step, static_cast<std::size_t>(RecordExpiry::kStepRows));
            taken += static_cast<std::int64_t>(step);
        }
        return taken;
    }
    std::vector<std::string> dates() {
        std::vector<std::string> dates;
        for (const auto& one : all_records()) {
            dates.push_back(format_extraction_date(one.extraction_date).substr(0, 19));
        }
        return dates;
    }
};

TEST_F(RecordExpiryTest, KeepsRecordsForEverUnlessToldOtherwise) {
    put_one(record("1970-01-02 00:00:00", "1"));
    put_one(record("2026-11-23 11:00:00", "2"));
    move_all();
    EXPECT_EQ(expire_all(), 0);
    ASSERT_TRUE(table().keep_for(std::chrono::days(30)));
    ASSERT_TRUE(table().keep_for(std::nullopt));
    EXPECT_EQ(expire_all(), 0);
    EXPECT_EQ(table().count().value(), 2);
}

TEST_F(RecordExpiryTest, TakesWholeHoursThatEndedTheKeptDaysAgo) {
    put_one(record("2026-11-13 11:00:00", "1"));
    put_one(record("2026-11-13 11:59:59", "2"));
    put_one(record("2026-11-13 12:00:00", "3"));
    put_one(record("2026-11-23 11:30:00", "4"));
    ASSERT_TRUE(table().keep_for(std::chrono::days(10)));
    clock_.time += std::chrono::minutes(59);
    EXPECT_EQ(expire_all(), 2);
    EXPECT_EQ(dates(), (std::vector<std::string>{"2026-11-13 12:00:00", "2026-11-23 11:30:00"}));
    clock_.time += std::chrono::minutes(1);
    EXPECT_EQ(expire_all(), 1);
}

TEST_F(RecordExpiryTest, TakesFromHistoryArrivalsAndRollUpsAlike) {
    put_one(record("2026-10-01 10:00:00", "1"));
    put_one(record("2026-10-01 10:30:00", "2"));
    put_one(record("2026-11-23 10:00:00", "3"));
    move_all();
    put_one(record("2026-10-01 10:15:00", "4"));  // late: it stands with the arrivals
    ASSERT_TRUE(table().keep_for(std::chrono::days(30)));
    EXPECT_EQ(expire_all(), 3);
    EXPECT_EQ(table().count().value(), 1);
    EXPECT_EQ(number("SELECT count(*) FROM arrival"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM history"), 1);
    EXPECT_EQ(number("SELECT sum(count) FROM hourly WHERE subject = 0"), 1);
    EXPECT_EQ(number("SELECT sum(count) FROM hourly WHERE subject = 1"), 1);
    const auto points = table().history({.series = record("2026-11-23 10:00:00", "3").series,
                                         .from = date("2026-01-01 00:00:00"),
                                         .to = date("2027-01-01 00:00:00"),
                                         .points_max = 10});
    ASSERT_EQ(points->size(), 1U);
    EXPECT_EQ(points->front().last, 3.0);
}

TEST_F(RecordExpiryTest, KeepsTheLatestOfASeriesHoweverOld) {
    put_one(record("2020-01-01 10:00:00", "7"));
    move_all();
    ASSERT_TRUE(table().keep_for(std::chrono::days(1)));
    EXPECT_EQ(expire_all(), 1);
    EXPECT_EQ(table().count().value(), 0);
    const auto latest = table().latest().value();
    ASSERT_EQ(latest.size(), 1U);
    EXPECT_EQ(latest[0].value.to_string(), "7");
    put_one(record("2026-11-23 11:00:00", "8"));
    EXPECT_EQ(table().latest()->at(0).value.to_string(), "8");
}

TEST_F(RecordExpiryTest, ForgetsWhatHadMovedAside) {
    put_one(record("2020-01-01 10:00:00", "1", "e1"));
    put_one(of_series(record("2020-01-01 10:00:00", "2", "e2"), {"Jobs", "churn", "prod", ""}));
    EXPECT_EQ(number("SELECT count(*) FROM moved"), 1);
    ASSERT_TRUE(table().keep_for(std::chrono::days(1)));
    EXPECT_EQ(expire_all(), 2);
    EXPECT_EQ(number("SELECT count(*) FROM moved"), 0);
}

TEST_F(RecordExpiryTest, TakesAnHourThatIsLargerThanAStepInSeveral) {
    std::vector<MetricRecord> records;
    const auto start = date("2026-10-01 10:00:00");
    constexpr std::int64_t kRecords = RecordExpiry::kStepRows + 500;
    for (std::int64_t i = 0; i < kRecords; ++i) {
        records.push_back(record("2026-10-01 10:00:00", "1"));
        records.back().extraction_date = start + std::chrono::milliseconds(i);
    }
    for (const auto& answer : table().put(records)) ASSERT_TRUE(answer);
    move_all();
    ASSERT_TRUE(table().keep_for(std::chrono::days(30)));
    EXPECT_EQ(table().expire_step().value(), static_cast<std::size_t>(RecordExpiry::kStepRows));
    EXPECT_EQ(number("SELECT count FROM hourly WHERE subject = 2"), 500);
    EXPECT_EQ(table().count().value(), 500);
    EXPECT_EQ(table().expire_step().value(), 500U);
    EXPECT_EQ(table().expire_step().value(), 0U);
    EXPECT_EQ(number("SELECT count(*) FROM hourly"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM history"), 0);
}

TEST_F(RecordExpiryTest, StaysSoAfterARestartAndEndsWithTheTable) {
    put_one(record("2026-10-01 10:00:00", "1"));
    ASSERT_TRUE(table().keep_for(std::chrono::days(30)));
    reopen();
    ASSERT_TRUE(table().drop(false));
    EXPECT_EQ(expire_all(), 0);  // what was kept on purpose is kept
    ASSERT_TRUE(table().create());
    EXPECT_EQ(table().count().value(), 1);
    ASSERT_TRUE(table().keep_for(std::chrono::days(30)));
    reopen();
    EXPECT_EQ(expire_all(), 1);
}

}  // namespace
}  // namespace dsdash::embedded
