#include "embedded/hub_tables/rollup.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "embedded/hub_tables/record_table.hpp"
#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::embedded {
namespace {

TimePoint at(std::int64_t seconds) {
    return TimePoint(std::chrono::seconds(seconds));
}

TEST(Hour, CountsDownwardsBefore1970) {
    EXPECT_EQ(hour_of(at(-1)), -1);
    EXPECT_EQ(hour_of(at(0)), 0);
    EXPECT_EQ(hour_of(at(3'599)), 0);
    EXPECT_EQ(start_of(-1), at(-3'600));
}

class StoredRollUp : public testing::Test {
  protected:
    StoredRollUp() { EXPECT_TRUE(database_.run_script(RecordTable::schema())); }

    std::vector<RollUp> hours(const RollUpSubject& subject) {
        std::vector<RollUp> all;
        EXPECT_TRUE(read_hours(database_, subject, -10, 10, all));
        return all;
    }

    std::vector<RollUp> days(const RollUpSubject& subject) {
        std::vector<RollUp> all;
        EXPECT_TRUE(read_days(database_, subject, -10, 10, all));
        return all;
    }

    TemporaryFolder folder_;
    Database database_ =
        Database::open(folder_.path() / "a.db", Database::Access::read_write).value();
    const RollUpSubject series_{RollUpSubject::Kind::series, 7};
    const RollUpSubject metric_{RollUpSubject::Kind::metric, 7};
};

TEST_F(StoredRollUp, MergesIntoWhatIsThere) {
    RollUp late;
    late.add(at(100), 1);
    RollUp early;
    early.add(at(50), 4);
    ASSERT_TRUE(merge_hour(database_, series_, 0, late));
    ASSERT_TRUE(merge_hour(database_, series_, 0, early));
    const auto stored = hours(series_);
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0].count, 2);
    EXPECT_EQ(stored[0].first_time, at(50));
    EXPECT_EQ(stored[0].last_time, at(100));
    EXPECT_EQ(stored[0].last, 1);
    EXPECT_EQ(stored[0].min, 1);
    EXPECT_EQ(stored[0].max, 4);
    EXPECT_EQ(stored[0].sum, 5);
}

TEST_F(StoredRollUp, KeepsSeriesAndMetricsApart) {
    RollUp one;
    one.add(at(0), 1);
    ASSERT_TRUE(merge_hour(database_, series_, 0, one));
    EXPECT_TRUE(hours(metric_).empty());
}

TEST_F(StoredRollUp, GoesWhenItsLastValueIsGone) {
    RollUp one;
    one.add(at(0), 1);
    ASSERT_TRUE(merge_hour(database_, series_, 0, one));
    ASSERT_TRUE(replace_hour(database_, series_, 0, one));
    EXPECT_EQ(hours(series_).front().count, 1);
    ASSERT_TRUE(replace_hour(database_, series_, 0, RollUp{}));
    EXPECT_TRUE(hours(series_).empty());
}

TEST_F(StoredRollUp, ReadsHoursInOrderWithoutTheEnd) {
    RollUp one;
    one.add(at(0), 1);
    for (const Hour hour : {3, -2, 10, -11, 0}) {
        ASSERT_TRUE(merge_hour(database_, series_, hour, one));
    }
    EXPECT_EQ(hours(series_).size(), 3U);
}

TEST_F(StoredRollUp, CountsInItsDayToo) {
    for (const Hour hour : {-25, -24, -1, 0, 23, 24}) {
        RollUp one;
        one.add(start_of(hour), static_cast<double>(hour));
        ASSERT_TRUE(merge_hour(database_, series_, hour, one));
    }
    const auto stored = days(series_);
    ASSERT_EQ(stored.size(), 4U);
    EXPECT_EQ(stored[1].count, 2);
    EXPECT_EQ(stored[1].sum, -25);
    EXPECT_EQ(stored[2].first_time, at(0));
    EXPECT_EQ(stored[2].last, 23);
    EXPECT_EQ(stored[3].count, 1);
}

TEST_F(StoredRollUp, LeavesItsDayWhenItIsReplaced) {
    for (const Hour hour : {1, 2}) {
        RollUp one;
        one.add(start_of(hour), 5);
        ASSERT_TRUE(merge_hour(database_, series_, hour, one));
    }
    ASSERT_TRUE(replace_hour(database_, series_, 2, RollUp{}));
    ASSERT_EQ(days(series_).size(), 1U);
    EXPECT_EQ(days(series_)[0].count, 1);
    EXPECT_EQ(days(series_)[0].last_time, start_of(1));
    ASSERT_TRUE(replace_hour(database_, series_, 1, RollUp{}));
    EXPECT_TRUE(days(series_).empty());
}

TEST_F(StoredRollUp, GetsTheDaysThatAnEarlierVersionDidNotKeep) {
    for (const Hour hour : {-1, 1, 2}) {
        RollUp one;
        one.add(start_of(hour), static_cast<double>(hour));
        ASSERT_TRUE(merge_hour(database_, series_, hour, one));
        ASSERT_TRUE(merge_hour(database_, metric_, hour, one));
    }
    ASSERT_TRUE(database_.run_script("DELETE FROM daily"));
    for (int times = 0; times < 2; ++times) {
        ASSERT_TRUE(RecordTable::upgrade(database_));
        const auto stored = days(series_);
        ASSERT_EQ(stored.size(), 2U);
        EXPECT_EQ(stored[0].count, 1);
        EXPECT_EQ(stored[1].count, 2);
        EXPECT_EQ(stored[1].min, 1);
        EXPECT_EQ(stored[1].last, 2);
        EXPECT_EQ(stored[1].first_time, start_of(1));
        EXPECT_EQ(days(metric_).size(), 2U);
    }
}

TEST_F(StoredRollUp, HoldsTheLargestDecimals) {
    RollUp one;
    one.add(at(0), 9e125);
    ASSERT_TRUE(merge_hour(database_, series_, 0, one));
    EXPECT_EQ(hours(series_).front().max, 9e125);
}

}  // namespace
}  // namespace dsdash::embedded
