#include "mirror/retry_pace.hpp"

#include <gtest/gtest.h>

namespace dsdash::mirror {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(RetryPace, WaitsTwiceAsLongEachTimeUpToItsBound) {
    RetryPace pace;
    EXPECT_EQ(pace.after_failure(1), seconds(2));
    EXPECT_EQ(pace.after_failure(1), seconds(4));
    EXPECT_EQ(pace.after_failure(1), seconds(8));
    for (int i = 0; i < 20; ++i) EXPECT_LE(pace.after_failure(1), RetryPace::kMax);
    EXPECT_EQ(pace.after_failure(1), RetryPace::kMax);
}

TEST(RetryPace, TakesHalfOfItAtRandom) {
    RetryPace pace;
    EXPECT_EQ(pace.after_failure(0), seconds(1));
    EXPECT_EQ(pace.after_failure(0.5), seconds(3));
}

TEST(RetryPace, BeginsAnewAfterASuccess) {
    RetryPace pace;
    pace.after_failure(1);
    pace.after_failure(1);
    pace.reset();
    EXPECT_EQ(pace.after_failure(1), milliseconds(2'000));
}

}  // namespace
}  // namespace dsdash::mirror
