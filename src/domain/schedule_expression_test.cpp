#include "domain/schedule_expression.hpp"

#include <gtest/gtest.h>

namespace dsdash {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const TimePoint kStart{hours(1'000)};

TimePoint next(std::string_view text, std::chrono::minutes after = minutes(0)) {
    return ScheduleExpression::parse(text).value().next_after(kStart, kStart + after);
}

TEST(ScheduleExpression, ReadsRates) {
    EXPECT_EQ(next("rate(1 minute)"), kStart + minutes(1));
    EXPECT_EQ(next("rate(5 minutes)"), kStart + minutes(5));
    EXPECT_EQ(next("rate(1 hour)"), kStart + hours(1));
    EXPECT_EQ(next("rate(12 hours)"), kStart + hours(12));
    EXPECT_EQ(next("rate(1 day)"), kStart + hours(24));
    EXPECT_EQ(next("rate(7 days)"), kStart + hours(168));
}

TEST(ScheduleExpression, SkipsPeriodsThatHavePassed) {
    EXPECT_EQ(next("rate(5 minutes)", minutes(5)), kStart + minutes(10));
    EXPECT_EQ(next("rate(5 minutes)", minutes(23)), kStart + minutes(25));
}

TEST(ScheduleExpression, RefusesEverythingElse) {
    for (const auto* text : {"",
                             "rate",
                             "rate()",
                             "rate(5)",
                             "rate(5 )",
                             "rate(5minutes)",
                             "rate( 5 minutes)",
                             "rate(5 minutes",
                             "rate(5 minutes) ",
                             "rate(5  minutes)",
                             "rate(0 minutes)",
                             "rate(-1 minutes)",
                             "rate(1 minutes)",
                             "rate(2 minute)",
                             "rate(1.5 hours)",
                             "rate(99999999999 minutes)",
                             "rate(367 days)",
                             "rate(5 seconds)",
                             "rate(5 MINUTES)",
                             "cron(0 12 * * ? *)",
                             "at(2026-11-23T12:00:00)"}) {
        const auto parsed = ScheduleExpression::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().kind, ErrorKind::malformed_input);
        EXPECT_NE(parsed.error().message.find("ScheduleExpression"), std::string::npos);
    }
}

}  // namespace
}  // namespace dsdash
