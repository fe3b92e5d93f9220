#include "embedded/bus/delivery_lanes.hpp"

#include <gtest/gtest.h>

namespace dsdash::embedded {
namespace {

using Lanes = std::vector<std::int64_t>;

constexpr std::size_t kAll = 100;

TimePoint at(int second) {
    return TimePoint(std::chrono::seconds(second));
}

TEST(DeliveryLanes, GivesALaneToOneClaimAtATime) {
    DeliveryLanes lanes;
    lanes.announce(7, at(1));
    EXPECT_EQ(lanes.claim_due(at(1), kAll), Lanes{7});
    lanes.announce(7, at(1));
    EXPECT_EQ(lanes.claim_due(at(1), kAll), Lanes{});
    lanes.release(7, std::nullopt);
    EXPECT_EQ(lanes.claim_due(at(1), kAll), Lanes{7});
}

TEST(DeliveryLanes, KeepsWhatWasAnnouncedDuringAClaim) {
    DeliveryLanes lanes;
    lanes.announce(7, at(1));
    ASSERT_EQ(lanes.claim_due(at(1), kAll), Lanes{7});
    lanes.announce(7, at(5));
    lanes.release(7, at(9));
    EXPECT_EQ(lanes.next_due(), at(5));
}

TEST(DeliveryLanes, HoldsBackWhatIsNotDue) {
    DeliveryLanes lanes;
    lanes.announce(1, at(10));
    EXPECT_EQ(lanes.claim_due(at(9), kAll), Lanes{});
    EXPECT_EQ(lanes.next_due(), at(10));
    lanes.announce(1, at(20));
    EXPECT_EQ(lanes.claim_due(at(10), kAll), Lanes{1});
}

TEST(DeliveryLanes, TakesTurns) {
    DeliveryLanes lanes;
    for (const int lane : {1, 2, 3}) lanes.announce(lane, at(lane));
    Lanes order;
    for (int turn = 0; turn < 6; ++turn) {
        const auto claimed = lanes.claim_due(at(100), 1);
        ASSERT_EQ(claimed.size(), 1U);
        order.push_back(claimed[0]);
        lanes.release(claimed[0], at(0));  // it has the oldest delivery of all
    }
    EXPECT_EQ(order, (Lanes{1, 2, 3, 1, 2, 3}));
}

TEST(DeliveryLanes, TellsTheListenerOfNewWorkUnlessTheLaneIsClaimed) {
    DeliveryLanes lanes;
    std::vector<TimePoint> heard;
    lanes.set_listener([&](TimePoint due) { heard.push_back(due); });
    lanes.announce(1, at(5));
    lanes.announce(1, at(6));  // nothing that is not known
    ASSERT_EQ(lanes.claim_due(at(5), kAll), Lanes{1});
    lanes.announce(1, at(3));
    EXPECT_EQ(heard, std::vector{at(5)});
    lanes.release(1, std::nullopt);
    EXPECT_EQ(heard, (std::vector{at(5), at(3)}));
    lanes.set_listener({});
    lanes.announce(2, at(1));
    EXPECT_EQ(heard.size(), 2U);
}

TEST(DeliveryLanes, TellsANewListenerWhatIsDueAlready) {
    DeliveryLanes lanes;
    lanes.announce(1, at(9));
    lanes.announce(2, at(5));
    std::vector<TimePoint> heard;
    lanes.set_listener([&](TimePoint due) { heard.push_back(due); });
    EXPECT_EQ(heard, std::vector{at(5)});
}

TEST(DeliveryLanes, AnEmptyLaneIsNeverDue) {
    DeliveryLanes lanes;
    EXPECT_EQ(lanes.next_due(), std::nullopt);
    lanes.announce(1, at(1));
    ASSERT_EQ(lanes.claim_due(at(1), kAll), Lanes{1});
    lanes.release(1, std::nullopt);
    EXPECT_EQ(lanes.next_due(), std::nullopt);
    EXPECT_EQ(lanes.claim_due(at(100), kAll), Lanes{});
}

}  // namespace
}  // namespace dsdash::embedded
