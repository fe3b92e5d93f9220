#include "functions/refresh_schedule.hpp"

#include <gtest/gtest.h>

#include "services/testing/fake_aws_api.hpp"

namespace dsdash::functions {
namespace {

using namespace std::chrono_literals;

std::optional<std::chrono::seconds> interval_of(std::string_view rule) {
    FakeAwsApi aws;
    aws.script("events:DescribeRule", {object_of(rule)});
    const auto interval = read_refresh_interval(aws);
    EXPECT_TRUE(interval) << interval.error().message;
    EXPECT_EQ(aws.calls().at(0).input, object_of(R"({"Name":"ds-dashboard-fetch-schedule"})"));
    return interval.value_or(std::nullopt);
}

TEST(RefreshInterval, IsTheRateOfTheHubsRule) {
    EXPECT_EQ(interval_of(R"json({"ScheduleExpression":"rate(1 hour)","State":"ENABLED"})json"),
              1h);
    EXPECT_EQ(interval_of(R"json({"ScheduleExpression":"rate(5 minutes)"})json"), 5min);
}

TEST(RefreshInterval, IsNotKnownOfWhatDoesNotFireOrNotEvenly) {
    EXPECT_EQ(interval_of(R"json({"ScheduleExpression":"rate(1 hour)","State":"DISABLED"})json"),
              std::nullopt);
    EXPECT_EQ(interval_of(R"json({"ScheduleExpression":"cron(0 8 * * ? *)"})json"), std::nullopt);
    EXPECT_EQ(interval_of("{}"), std::nullopt);
}

TEST(RefreshInterval, IsNoneOfAHubWithoutASchedule) {
    FakeAwsApi aws;
    aws.script("events:DescribeRule", {fail(ErrorKind::not_found, "no such rule")});
    EXPECT_EQ(read_refresh_interval(aws).value(), std::nullopt);
}

TEST(RefreshInterval, HandsOtherErrorsOn) {
    FakeAwsApi aws;
    aws.script("events:DescribeRule", {fail(ErrorKind::denied, "may not")});
    EXPECT_EQ(read_refresh_interval(aws).error().kind, ErrorKind::denied);
}

}  // namespace
}  // namespace dsdash::functions
