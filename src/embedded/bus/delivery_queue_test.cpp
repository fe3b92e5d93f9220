#include "embedded/bus/delivery_queue.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/part_fixture.hpp"

namespace dsdash::embedded {
namespace {

constexpr std::int64_t kLane = 1;
constexpr std::int64_t kOtherLane = 2;

/// What is taken from a lane, and what settling it leaves.
class DeliveryQueueTest : public testing::Test {
  protected:
    void add(const std::string& body, std::vector<std::int64_t> lanes = {kLane}) {
        const QueuedEvent event{.id = body, .received = false, .body = body};
        ASSERT_TRUE(part_.parts().writer.write<void>(
            [&](Database& database) { return queue_.add(database, event, lanes); }));
    }

    Result<std::vector<Delivery>> take(std::int64_t lane) {
        return queue_.take(lane, DeliveryQueue::kBatchMax);
    }

    std::vector<std::string> waiting(std::int64_t lane = kLane) {
        std::vector<std::string> bodies;
        const auto deliveries = take(lane).value();
        for (const auto& delivery : deliveries) bodies.push_back(delivery.body);
        return bodies;
    }

    void settle(const std::vector<Delivery>& deliveries, std::int64_t lane = kLane) {
        const std::vector<Outcome> outcomes(deliveries.size(), Delivered{});
        ASSERT_TRUE(queue_.settle({lane, "rule", {}}, deliveries, outcomes));
    }

    std::int64_t count_events() {
        return part_.parts()
            .reads
            .read<std::int64_t>([](Database& database) -> Result<std::int64_t> {
                auto rows = database.query("SELECT count(*) FROM event");
                if (auto row = rows.next(); !row) return std::unexpected(row.error());
                return rows.integer(0);
            })
            .value();
    }

    using Bodies = std::vector<std::string>;
    PartFixture part_{DeliveryQueue::schema()};
    DeliveryQueue queue_{part_.parts()};
};

TEST_F(DeliveryQueueTest, SettlingABatchLeavesNothingOfIt) {
    for (const auto* body : {"a", "b", "c"}) add(body);
    settle(take(kLane).value());
    EXPECT_EQ(waiting(), Bodies{});
    EXPECT_EQ(count_events(), 0);
}

TEST_F(DeliveryQueueTest, SettlingLeavesWhatCameSinceEvenWithAnEarlierTime) {
    add("a");
    part_.clock().time += std::chrono::seconds(10);
    add("b");
    const auto taken = take(kLane).value();
    part_.clock().time += std::chrono::seconds(-5);  // as when somebody sets the clock
    add("since");
    settle(taken);
    EXPECT_EQ(waiting(), Bodies{"since"});
    EXPECT_EQ(count_events(), 1);
}

TEST_F(DeliveryQueueTest, AnEventStaysForTheLanesThatStillWaitForIt) {
    add("of both", {kLane, kOtherLane});
    add("of one");
    add("of both, too", {kLane, kOtherLane});
    settle(take(kLane).value());
    EXPECT_EQ(waiting(), Bodies{});
    EXPECT_EQ(waiting(kOtherLane), (Bodies{"of both", "of both, too"}));
    settle(take(kOtherLane).value(), kOtherLane);
    EXPECT_EQ(count_events(), 0);
}

TEST_F(DeliveryQueueTest, SettlingTakesNothingFromOtherLanes) {
    add("a");
    add("other", {kOtherLane});
    add("b");
    settle(take(kLane).value());
    EXPECT_EQ(waiting(kOtherLane), Bodies{"other"});
    EXPECT_EQ(count_events(), 1);
}

TEST_F(DeliveryQueueTest, SettlingTwiceChangesNothingMore) {
    add("a", {kLane, kOtherLane});
    const auto taken = take(kLane).value();
    settle(taken);
    settle(taken);
    EXPECT_EQ(waiting(kOtherLane), Bodies{"a"});
    settle(take(kOtherLane).value(), kOtherLane);
    EXPECT_EQ(count_events(), 0);
}

TEST_F(DeliveryQueueTest, APostponedDeliveryIsDueAgainLater) {
    add("a");
    add("b");
    const auto taken = take(kLane).value();
    const auto due = part_.clock().now() + std::chrono::seconds(1);
    ASSERT_TRUE(queue_.settle({kLane, "rule", {}}, taken,
                              std::vector<Outcome>{Delivered{}, Postponed{due}}));
    EXPECT_EQ(waiting(), Bodies{});
    part_.clock().time += std::chrono::seconds(1);
    EXPECT_EQ(waiting(), Bodies{"b"});
}

}  // namespace
}  // namespace dsdash::embedded
