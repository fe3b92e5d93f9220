#include "dashboard/access/sessions.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "dashboard/testing/moving_clock.hpp"

namespace dsdash::dashboard {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class SessionsTest : public testing::Test {
  protected:
    MovingClock clock_;
    Sessions sessions_{clock_};
    const Sha256 token_ = sha256("token");
};

TEST_F(SessionsTest, KnowTheirToken) {
    const auto id = sessions_.begin(token_);
    EXPECT_EQ(id.size(), 64U);
    EXPECT_EQ(sessions_.find(id), token_);
    EXPECT_NE(sessions_.begin(token_), id);
    for (const auto& other : {std::string(), std::string("x"), id.substr(1), id + "0"}) {
        EXPECT_EQ(sessions_.find(other), std::nullopt) << other;
    }
}

TEST_F(SessionsTest, EndWhenTheyAreEnded) {
    const auto id = sessions_.begin(token_);
    const auto other = sessions_.begin(token_);
    sessions_.end("unknown");
    sessions_.end(id);
    EXPECT_EQ(sessions_.find(id), std::nullopt);
    EXPECT_EQ(sessions_.find(other), token_);
}

TEST_F(SessionsTest, EndAfterEightIdleHours) {
    const auto id = sessions_.begin(token_);
    clock_.pass(hours(8) - seconds(1));
    EXPECT_EQ(sessions_.find(id), token_);
    clock_.pass(hours(8) - seconds(1));
    EXPECT_EQ(sessions_.find(id), token_);
    clock_.pass(hours(8));
    EXPECT_EQ(sessions_.find(id), std::nullopt);
}

TEST_F(SessionsTest, AreNotProlongedByALookThatDoesNotCount) {
    const auto id = sessions_.begin(token_);
    clock_.pass(hours(7));
    EXPECT_EQ(sessions_.find(id, Sessions::Use::does_not_count), token_);
    clock_.pass(hours(1));
    EXPECT_EQ(sessions_.find(id), std::nullopt);
}

TEST_F(SessionsTest, EndAfterSevenDaysHoweverBusy) {
    const auto id = sessions_.begin(token_);
    for (int hour = 0; hour < 7 * 24 - 1; ++hour) {
        clock_.pass(hours(1));
        ASSERT_EQ(sessions_.find(id), token_) << hour;
    }
    clock_.pass(hours(1));
    EXPECT_EQ(sessions_.find(id), std::nullopt);
}

TEST_F(SessionsTest, AreAtMost32OfAToken) {
    const auto other = sessions_.begin(sha256("other"));
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < Sessions::kSessionsOfTokenMax; ++i) {
        ids.push_back(sessions_.begin(token_));
        clock_.pass(seconds(1));
    }
    EXPECT_EQ(sessions_.find(ids[0]), token_);  // used last: so the next one has to go
    clock_.pass(seconds(1));
    EXPECT_EQ(sessions_.find(sessions_.begin(token_)), token_);
    EXPECT_EQ(sessions_.find(ids[0]), token_);
    EXPECT_EQ(sessions_.find(ids[1]), std::nullopt);
    EXPECT_EQ(sessions_.find(ids[2]), token_);
    EXPECT_TRUE(sessions_.find(other));
}

}  // namespace
}  // namespace dsdash::dashboard
