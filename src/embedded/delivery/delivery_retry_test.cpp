#include "embedded/delivery/delivery_retry.hpp"

#include <gtest/gtest.h>

namespace dsdash::embedded {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr double kNearlyOne = 0.999999;
const TimePoint kAccepted{hours(1'000)};

std::chrono::microseconds delay(int attempts, double random) {
    const auto next = after_failure(kTargetRetryPolicy, ErrorKind::unreachable, attempts, kAccepted,
                                    kAccepted, random);
    return std::get<Retry>(next).due - kAccepted;
}

std::string_view exhausted(const RetryPolicy& policy, ErrorKind kind, int attempts,
                           std::chrono::seconds age) {
    return std::get<GiveUp>(
               after_failure(policy, kind, attempts, kAccepted, kAccepted + age, kNearlyOne))
        .exhausted;
}

TEST(DeliveryRetry, DoublesTheLongestDelayUpToAQuarterOfAnHour) {
    EXPECT_NEAR(static_cast<double>(delay(0, kNearlyOne).count()), 1e6, 10);
    EXPECT_NEAR(static_cast<double>(delay(1, kNearlyOne).count()), 2e6, 10);
    EXPECT_NEAR(static_cast<double>(delay(9, kNearlyOne).count()), 512e6, 1'000);
    EXPECT_NEAR(static_cast<double>(delay(10, kNearlyOne).count()), 900e6, 1'000);
    EXPECT_NEAR(static_cast<double>(delay(184, kNearlyOne).count()), 900e6, 1'000);
}

TEST(DeliveryRetry, DrawsTheDelayFromZeroUpwardsButNotLessThanATenthOfASecond) {
    EXPECT_EQ(delay(5, 0.0), milliseconds(100));
    EXPECT_EQ(delay(5, 0.25), seconds(8));
}

TEST(DeliveryRetry, EndsWithTheNumberOfAttempts) {
    EXPECT_EQ(exhausted(kTargetRetryPolicy, ErrorKind::internal, 185, seconds(0)),
              "MaximumRetryAttempts");
    EXPECT_EQ(exhausted(kInvocationRetryPolicy, ErrorKind::internal, 2, seconds(0)),
              "MaximumRetryAttempts");
}

TEST(DeliveryRetry, EndsWhenTheNextAttemptWouldComeTooLate) {
    EXPECT_EQ(exhausted(kTargetRetryPolicy, ErrorKind::timed_out, 20, hours(24) - minutes(1)),
              "MaximumEventAgeInSeconds");
}

TEST(DeliveryRetry, GivesUpAtOnceOnWhatAnotherAttemptCannotMend) {
    for (const auto kind : {ErrorKind::denied, ErrorKind::not_found, ErrorKind::malformed_input,
                            ErrorKind::conflict}) {
        EXPECT_EQ(exhausted(kTargetRetryPolicy, kind, 0, seconds(0)), "");
    }
}

TEST(DeliveryRetry, TriesAnInvocationAgainAfterOneMinuteAndAfterTwo) {
    for (const int attempts : {0, 1}) {
        const auto next = after_failure(kInvocationRetryPolicy, ErrorKind::internal, attempts,
                                        kAccepted, kAccepted, 0.25);
        EXPECT_EQ(std::get<Retry>(next).due - kAccepted, minutes(attempts + 1));
    }
}

TEST(DeliveryRetry, NamesErrorsAsEventBridgeDoes) {
    EXPECT_EQ(dead_letter_code(ErrorKind::denied), "NO_PERMISSIONS");
    EXPECT_EQ(dead_letter_code(ErrorKind::not_found), "NO_RESOURCE");
    EXPECT_EQ(dead_letter_code(ErrorKind::throttled), "THROTTLING");
    EXPECT_EQ(dead_letter_code(ErrorKind::timed_out), "TIMEOUT");
}

}  // namespace
}  // namespace dsdash::embedded
