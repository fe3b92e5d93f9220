#include "aws/retry.hpp"

#include <gtest/gtest.h>

namespace dsdash::aws {
namespace {

using std::chrono::milliseconds;

TEST(Retry, WaitsTwiceAsLongAfterEachAttemptWithFullJitter) {
    EXPECT_EQ(backoff_delay(1, 1.0), milliseconds(1000));
    EXPECT_EQ(backoff_delay(2, 1.0), milliseconds(2000));
    EXPECT_EQ(backoff_delay(3, 0.5), milliseconds(2000));
    EXPECT_EQ(backoff_delay(3, 0.0), milliseconds(0));
}

TEST(Retry, WaitsTwentySecondsAtMost) {
    EXPECT_EQ(backoff_delay(60, 1.0), milliseconds(20000));
}

}  // namespace
}  // namespace dsdash::aws
