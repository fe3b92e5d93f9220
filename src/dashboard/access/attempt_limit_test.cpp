#include "dashboard/access/attempt_limit.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "dashboard/testing/moving_clock.hpp"

namespace dsdash::dashboard {
namespace {

using std::chrono::seconds;

TEST(AttemptLimit, LetsOneAddressFailFiveTimesAMinute) {
    MovingClock clock;
    AttemptLimit limit(clock);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(limit.take("192.0.2.1"), std::nullopt);
    EXPECT_EQ(limit.take("192.0.2.1"), seconds(60));
    EXPECT_EQ(limit.take("192.0.2.2"), std::nullopt);
    clock.pass(seconds(59));
    EXPECT_EQ(limit.take("192.0.2.1"), seconds(1));
    clock.pass(seconds(1));
    EXPECT_EQ(limit.take("192.0.2.1"), std::nullopt);
}

TEST(AttemptLimit, CountsNoAttemptThatSucceeded) {
    MovingClock clock;
    AttemptLimit limit(clock);
    for (int i = 0; i < 1000; ++i) {
        ASSERT_EQ(limit.take("192.0.2.1"), std::nullopt) << i;
        limit.give_back("192.0.2.1");
    }
}

TEST(AttemptLimit, LetsAllTogetherFailAHundredTimesAMinute) {
    MovingClock clock;
    AttemptLimit limit(clock);
    int taken = 0;
    for (int i = 0; i < 1000; ++i) taken += limit.take("a" + std::to_string(i)) ? 0 : 1;
    EXPECT_EQ(taken, 100);
    clock.pass(seconds(60));
    EXPECT_EQ(limit.take("a1000"), std::nullopt);
}

TEST(AttemptLimit, TakesTheNeighbourhoodOfAnIpv6AddressForOne) {
    MovingClock clock;
    AttemptLimit limit(clock);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(limit.take("2001:db8:1:2::" + std::to_string(i)), std::nullopt);
    }
    EXPECT_NE(limit.take("2001:db8:1:2:3:4:5:6"), std::nullopt);
    EXPECT_EQ(limit.take("2001:db8:1:3::1"), std::nullopt);
}

TEST(AttemptLimit, LocksNobodyOutWhenTheClockIsSetBack) {
    MovingClock clock;
    AttemptLimit limit(clock);
    for (int i = 0; i < 6; ++i) static_cast<void>(limit.take("192.0.2.1"));
    clock.pass(-std::chrono::hours(24));
    EXPECT_EQ(limit.take("192.0.2.1"), std::nullopt);
}

TEST(AttemptLimit, IsNotExceededByAttemptsAtOnce) {
    MovingClock clock;
    AttemptLimit limit(clock);
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 100; ++k) taken += limit.take("192.0.2.1") ? 0 : 1;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(taken, 5);
}

}  // namespace
}  // namespace dsdash::dashboard
