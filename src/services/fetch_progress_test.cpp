#include "services/fetch_progress.hpp"

#include <gtest/gtest.h>

namespace dsdash {
namespace {

using namespace std::chrono_literals;
using SteadyTime = FetchProgress::SteadyTime;

const SteadyTime kStart{};

TimePoint at(std::string_view text) {
    return parse_extraction_date(text).value();
}

const Fetch kFetch{.fetch_id = "f-1",
                   .date = at("2026-11-23 12:00:00.000000"),
                   .spokes = {{"222222222222", "churn", "dev"}, {"333333333333", "churn", "prod"}}};

LatestRecord record(std::string account, std::string metric, std::string_view date) {
    LatestRecord record;
    record.series = {std::move(metric), "churn", "dev", std::move(account)};
    record.extraction_date = at(date);
    return record;
}

ExtractionReport report(std::string account, std::string fetch_id) {
    return {.account_id = std::move(account),
            .project_name = "churn",
            .environment = "dev",
            .fetch_id = std::move(fetch_id),
            .time = at("2026-11-23 12:00:01.000000"),
            .metrics = {"A", "B"},
            .failures = {},
            .duration_ms = 2000};
}

const std::vector<LatestRecord> kBothMetrics{
    record("222222222222", "A", "2026-11-23 12:00:00.500000"),
    record("222222222222", "B", "2026-11-23 12:00:00.500000")};

TEST(FetchProgress, SpokeIsCompleteWhenItsReportAndMetricsAreThere) {
    FetchProgress progress(kFetch);
    progress.update({}, {}, kStart);
    EXPECT_EQ(progress.complete_count(), 0U);
    progress.update({report("222222222222", "f-1")}, kBothMetrics, kStart);
    EXPECT_EQ(progress.complete_count(), 1U);
    EXPECT_TRUE(progress.answers()[0].complete);
    EXPECT_EQ(progress.answers()[0].metrics, 2U);
    EXPECT_EQ(progress.answers()[0].date, at("2026-11-23 12:00:01.000000"));
    EXPECT_EQ(progress.answers()[1].date, std::nullopt);
    EXPECT_FALSE(progress.complete());
}

TEST(FetchProgress, ReportWaitsForItsMetrics) {
    FetchProgress progress(kFetch);
    progress.update({report("222222222222", "f-1")}, {kBothMetrics[0]}, kStart);
    EXPECT_FALSE(progress.answers()[0].complete);
    EXPECT_EQ(progress.answers()[0].missing, std::vector<std::string>{"B"});
    progress.update({report("222222222222", "f-1")}, kBothMetrics, kStart + 1s);
    EXPECT_TRUE(progress.answers()[0].complete);
    EXPECT_TRUE(progress.answers()[0].missing.empty());
}

TEST(FetchProgress, MetricThatNeverArrivesIsNamedAfterTheGrace) {
    FetchProgress progress(kFetch);
    progress.update({report("222222222222", "f-1")}, {kBothMetrics[0]}, kStart);
    progress.update({report("222222222222", "f-1")}, {kBothMetrics[0]}, kStart + 3s);
    EXPECT_TRUE(progress.answers()[0].complete);
    EXPECT_EQ(progress.answers()[0].missing, std::vector<std::string>{"B"});
}

TEST(FetchProgress, FailedMetricIsNotWaitedFor) {
    auto failed = report("222222222222", "f-1");
    failed.failures = {{"B", "AccessDeniedException"}};
    FetchProgress progress(kFetch);
    progress.update({failed}, {kBothMetrics[0]}, kStart);
    EXPECT_TRUE(progress.answers()[0].complete);
    EXPECT_EQ(progress.answers()[0].failures[0].reason, "AccessDeniedException");
}

TEST(FetchProgress, OlderValuesAndReportsDoNotCount) {
    FetchProgress progress(kFetch);
    const std::vector<LatestRecord> old{record("222222222222", "A", "2026-11-23 11:59:59.999999")};
    progress.update({report("222222222222", "f-0")}, old, kStart);
    progress.update({report("222222222222", "f-0")}, old, kStart + 1h);
    EXPECT_EQ(progress.complete_count(), 0U);
    EXPECT_EQ(progress.answers()[0].metrics, 0U);
}

TEST(FetchProgress, LaterFetchAnswersThisOneToo) {
    auto later = report("222222222222", "f-2");
    later.duration_ms = 500;
    FetchProgress progress(kFetch);
    progress.update({later}, kBothMetrics, kStart);
    EXPECT_TRUE(progress.answers()[0].complete);
}

TEST(FetchProgress, PythonSpokeIsCompleteWhenItsMetricsStopComing) {
    FetchProgress progress(kFetch);
    progress.update({}, {kBothMetrics[0]}, kStart);
    progress.update({}, {kBothMetrics[0]}, kStart + 2s);
    EXPECT_FALSE(progress.answers()[0].complete);
    progress.update({}, kBothMetrics, kStart + 4s);
    EXPECT_FALSE(progress.answers()[0].complete);
    progress.update({}, kBothMetrics, kStart + 7s);
    EXPECT_TRUE(progress.answers()[0].complete);
    EXPECT_EQ(progress.answers()[0].metrics, 2U);
}

TEST(FetchProgress, AccountWithTwoEnvironmentsAnswersOnce) {
    auto fetch = kFetch;
    fetch.spokes[1].account_id = "222222222222";
    FetchProgress progress(fetch);
    EXPECT_EQ(progress.answers().size(), 1U);
}

TEST(FetchProgress, NobodyToWaitForIsComplete) {
    FetchProgress progress(Fetch{.fetch_id = "f-1", .date = kFetch.date, .spokes = {}});
    EXPECT_TRUE(progress.complete());
}

}  // namespace
}  // namespace dsdash
