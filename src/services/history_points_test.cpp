#include "services/history_points.hpp"

#include <gtest/gtest.h>

namespace dsdash {
namespace {

TimePoint at(std::int64_t seconds) {
    return TimePoint(std::chrono::seconds(seconds));
}

/// Records at these seconds, each with its second as value.
std::vector<RollUp> records(std::initializer_list<int> seconds) {
    std::vector<RollUp> parts;
    for (const int second : seconds) parts.emplace_back().add(at(second), second);
    return parts;
}

TEST(RollUp, OfNothingHasNoValues) {
    EXPECT_EQ(RollUp{}.point().count, 0);
}

TEST(RollUp, DrawsValuesTogether) {
    RollUp roll_up;
    roll_up.add(at(20), -5);
    roll_up.add(at(10), 3);
    roll_up.add(at(15), 4);
    const auto point = roll_up.point();
    EXPECT_EQ(point.time, at(10));
    EXPECT_EQ(point.min, -5);
    EXPECT_EQ(point.max, 4);
    EXPECT_EQ(point.sum, 2);
    EXPECT_EQ(point.count, 3);
    EXPECT_EQ(point.last, -5);
}

TEST(RollUp, IsTheSameInWhateverOrderItIsMerged) {
    RollUp left;
    left.add(at(1), 1);
    left.add(at(3), 2);
    RollUp right;
    right.add(at(2), 9);
    RollUp one = left;
    one.merge(right);
    RollUp other = right;
    other.merge(left);
    other.merge(RollUp{});
    EXPECT_EQ(one.point().time, other.point().time);
    EXPECT_EQ(one.last, 2);
    EXPECT_EQ(other.last, 2);
    EXPECT_EQ(one.count, other.count);
    EXPECT_EQ(one.max, other.max);
}

TEST(DrawHistory, GivesEachRecordAPointWhileTheyAreFewEnough) {
    const auto points = draw(records({0, 1, 9}), {at(0), at(10), 3});
    ASSERT_EQ(points.size(), 3U);
    EXPECT_EQ(points[1].time, at(1));
    EXPECT_EQ(points[1].count, 1);
    EXPECT_EQ(points[2].last, 9);
}

TEST(DrawHistory, DrawsMoreTogetherInStretchesOfEqualWidth) {
    const auto points = draw(records({0, 4, 5, 9}), {at(0), at(10), 2});
    ASSERT_EQ(points.size(), 2U);
    EXPECT_EQ(points[0].time, at(0));
    EXPECT_EQ(points[0].max, 4);
    EXPECT_EQ(points[1].time, at(5));
    EXPECT_EQ(points[1].sum, 14);
    EXPECT_EQ(points[1].count, 2);
}

TEST(DrawHistory, LeavesOutStretchesWithoutRecords) {
    const auto points = draw(records({1, 2, 95, 96}), {at(0), at(100), 3});
    ASSERT_EQ(points.size(), 2U);
    EXPECT_EQ(points[1].time, at(95));
}

TEST(DrawHistory, NamesTheBoundsOfASpan) {
    EXPECT_EQ(check_span(at(0), at(1), 0).error().message, "points must be 1 to 10,000");
    EXPECT_FALSE(check_span(at(0), at(1), 10'001));
    EXPECT_FALSE(check_span(TimePoint::min(), at(1), 1));
    const auto empty = check_span(at(5), at(1), 1);
    ASSERT_TRUE(empty);
    EXPECT_EQ(empty->from, empty->to);
}

}  // namespace
}  // namespace dsdash
