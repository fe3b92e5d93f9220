#include "dashboard/api/trend_signs.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace dsdash::dashboard {
namespace {

/// `values` are those of the days until today; NaN: none.
SeriesTrend trend(const std::vector<double>& values) {
    SeriesTrend made{.series = {}, .last = {}, .day_ago = {}, .week_ago = {}};
    const auto first = made.last.size() - values.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == values[i]) made.last[first + i] = values[i];
    }
    if (values.size() > 1) made.day_ago = values[values.size() - 2];
    return made;
}

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

TEST(SuddenDrop, IsAFallByHalfOrMore) {
    EXPECT_EQ(sudden_drop(trend({100, 101, 100, 100, 99, 100, 100, 40}), 40), 0.6);
    EXPECT_EQ(sudden_drop(trend({100, 101, 100, 100, 99, 100, 100, 50}), 50), 0.5);
    EXPECT_EQ(sudden_drop(trend({100, 101, 100, 100, 99, 100, 100, 51}), 51), std::nullopt);
    EXPECT_EQ(sudden_drop(trend({100, 101, 100, 100, 99, 100, 100, 200}), 200), std::nullopt);
    EXPECT_EQ(sudden_drop(trend({0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 0.375}), 0.375), 0.5);
}

TEST(SuddenDrop, IsNoneWhereTheValueAlwaysMovesThatFar) {
    EXPECT_EQ(sudden_drop(trend({100, 20, 110, 30, 100, 20, 100, 30}), 30), std::nullopt);
}

TEST(SuddenDrop, IsNoneThatChanceExplains) {
    EXPECT_EQ(sudden_drop(trend({2, 2, 2, 2, 2, 2, 2, 1}), 1), std::nullopt);
    EXPECT_EQ(sudden_drop(trend({9, 9, 9, 9, 9, 9, 9, 3}), 3), std::nullopt);
    EXPECT_EQ(sudden_drop(trend({9, 9, 9, 9, 9, 9, 9, 0}), 0), 1.0);
    EXPECT_EQ(sudden_drop(trend({2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 1.25}), 1.25), 0.5);
}

TEST(SuddenDrop, IsNoneBeforeAWeekIsKnown) {
    EXPECT_EQ(sudden_drop(trend({100, 100, 100, 100, 100, 10}), 10), std::nullopt);
    EXPECT_EQ(sudden_drop(trend({100, 100, 100, kNone, 100, 100, 10}), 10), std::nullopt);
    EXPECT_EQ(sudden_drop(trend({100, 100, 100, 100, 100, 100, 10}), 10), 0.9);
}

TEST(SuddenDrop, IsNoneBelowZero) {
    EXPECT_EQ(sudden_drop(trend({0, 0, 0, 0, 0, 0, 0, -5}), -5), std::nullopt);
    EXPECT_EQ(sudden_drop(trend({90, 90, 90, 90, 90, 90, 90, -5}), -5), 1.0);
}

TEST(DaysAt, CountsBackFromToday) {
    EXPECT_EQ(days_at(trend({1, 0, 0, 0}), 0), 3U);
    EXPECT_EQ(days_at(trend({0, 0, 0, 1}), 0), 0U);
    EXPECT_EQ(days_at(trend({}), 0), 0U);
}

TEST(DaysAt, PassesOverDaysWithoutValues) {
    EXPECT_EQ(days_at(trend({0, kNone, 0, kNone}), 0), 4U);
    EXPECT_EQ(days_at(trend({1, kNone, 0, kNone}), 0), 2U);
}

}  // namespace
}  // namespace dsdash::dashboard
