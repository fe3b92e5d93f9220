#include "services/series_standing.hpp"

#include <gtest/gtest.h>

namespace dsdash {
namespace {

using namespace std::chrono_literals;

const TimePoint kNoon = parse_extraction_date("2026-11-23 12:00:00").value();
const std::string kDev = "222222222222";
const std::string kProd = "333333333333";

/// A record of project churn, `age` old, with hourly ones before it.
LatestRecord record(const std::string& account, std::string metric, std::chrono::minutes age) {
    LatestRecord latest;
    latest.series = {std::move(metric), "churn", account == kDev ? "dev" : "prod", account};
    latest.extraction_date = kNoon - age;
    for (int hour = 1; hour <= 5; ++hour) {
        latest.previous_dates.push_back(latest.extraction_date - std::chrono::hours(hour));
    }
    return latest;
}

ExtractionReport report(const std::string& account, std::vector<std::string> metrics,
                        std::vector<MetricFailure> failures = {}) {
    return {.account_id = account,
            .project_name = "churn",
            .environment = account == kDev ? "dev" : "prod",
            .fetch_id = "",
            .time = kNoon - 10min,
            .metrics = std::move(metrics),
            .failures = std::move(failures),
            .duration_ms = 5};
}

std::vector<SeriesStanding> judge(std::vector<LatestRecord> latest,
                                  const std::vector<ExtractionReport>& reports = {},
                                  std::optional<std::chrono::seconds> refresh_interval = {}) {
    return judge_series(std::move(latest), reports,
                        {.now = kNoon, .refresh_interval = refresh_interval});
}

TEST(SeriesStanding, IsJudgedByItsOwnHistory) {
    const auto standings =
        judge({record(kDev, "A", 80min), record(kDev, "B", 100min), record(kDev, "C", 240min)});
    ASSERT_EQ(standings.size(), 3U);
    EXPECT_EQ(standings[0].state, SeriesState::fresh);
    EXPECT_EQ(standings[1].state, SeriesState::late);
    EXPECT_EQ(standings[2].state, SeriesState::silent);
    EXPECT_EQ(standings[0].expected_interval, 1h);
}

TEST(SeriesStanding, IsJudgedByTheScheduleWhereThereIsOne) {
    const auto standings = judge({record(kDev, "A", 100min)}, {}, 24h);
    EXPECT_EQ(standings.at(0).state, SeriesState::fresh);
    EXPECT_EQ(standings.at(0).expected_interval, 24h);
}

TEST(SeriesStanding, OfASingleValueExpectsNothingKnown) {
    auto single = record(kDev, "A", 100min);
    single.previous_dates.clear();
    const auto standings = judge({single});
    EXPECT_EQ(standings.at(0).state, SeriesState::fresh);
    EXPECT_EQ(standings.at(0).expected_interval, std::nullopt);
}

TEST(SeriesStanding, FailsWithTheReportsReason) {
    const auto standings = judge({record(kDev, "A", 20min), record(kProd, "A", 20min)},
                                 {report(kDev, {"A"}, {{"A", "denied"}}), report(kProd, {"A"})});
    EXPECT_EQ(standings.at(0).state, SeriesState::failed);
    EXPECT_EQ(standings.at(0).reason, "denied");
    EXPECT_EQ(standings.at(1).state, SeriesState::fresh);
    EXPECT_EQ(standings.at(1).reason, "");
}

TEST(SeriesStanding, RecoversWithAValueAfterTheReport) {
    const auto standings =
        judge({record(kDev, "A", 5min)}, {report(kDev, {"A"}, {{"A", "denied"}})});
    EXPECT_EQ(standings.at(0).state, SeriesState::fresh);
    EXPECT_EQ(standings.at(0).reason, "");
}

TEST(SeriesStanding, IsNotConfiguredWhenTheReportLeavesItOut) {
    const auto standings = judge({record(kDev, "A", 20min)}, {report(kDev, {"B"})});
    ASSERT_EQ(standings.size(), 2U);
    EXPECT_EQ(standings[0].state, SeriesState::not_configured);
    EXPECT_EQ(standings[1].series.metric_name, "B");
}

TEST(SeriesStanding, OfAValueAfterTheReportIsConfigured) {
    EXPECT_EQ(judge({record(kDev, "A", 5min)}, {report(kDev, {"B"})}).at(0).state,
              SeriesState::fresh);
}

TEST(SeriesStanding, IsOneHoweverOftenTheReportNamesItsMetric) {
    const auto standings = judge({record(kDev, "B", 20min)}, {report(kDev, {"A", "B", "A", "B"})});
    ASSERT_EQ(standings.size(), 2U);
    EXPECT_EQ(standings[0].series.metric_name, "A");
    EXPECT_EQ(standings[1].series.metric_name, "B");
}

TEST(SeriesStanding, OfAMetricWithoutValuesComesFromTheReport) {
    const auto standings = judge({record(kDev, "B", 20min)},
                                 {report(kDev, {"A", "B", "C"}, {{"C", "no such endpoint"}})});
    ASSERT_EQ(standings.size(), 3U);
    EXPECT_EQ(standings[0].series, (SeriesKey{"A", "churn", "dev", kDev}));
    EXPECT_EQ(standings[0].state, SeriesState::silent);
    EXPECT_FALSE(standings[0].latest);
    EXPECT_TRUE(standings[1].latest);
    EXPECT_EQ(standings[2].state, SeriesState::failed);
    EXPECT_EQ(standings[2].reason, "no such endpoint");
}

TEST(SeriesStanding, IgnoresTheReportOfAnotherEnvironment) {
    auto other = report(kDev, {"B"});
    other.environment = "int";
    const auto standings = judge({record(kDev, "A", 20min)}, {other});
    EXPECT_EQ(standings.at(0).state, SeriesState::fresh);
}

std::vector<SpokeStanding> judge_fleet(const std::vector<LatestRecord>& latest,
                                       const std::vector<ExtractionReport>& reports = {},
                                       const std::vector<std::string>& registered = {}) {
    const Expectations expectations{.now = kNoon, .refresh_interval = {}};
    return judge_spokes(judge_series(latest, reports, expectations), reports, registered,
                        expectations);
}

TEST(SpokeStanding, IsAsFreshAsItsNewestEvent) {
    const auto spokes = judge_fleet(
        {record(kDev, "A", 300min), record(kDev, "B", 20min), record(kProd, "A", 100min)});
    ASSERT_EQ(spokes.size(), 2U);
    EXPECT_EQ(spokes[0].account_id, kDev);
    EXPECT_EQ(spokes[0].state, SeriesState::fresh);
    EXPECT_EQ(spokes[0].last_event, kNoon - 20min);
    EXPECT_EQ(spokes[1].state, SeriesState::late);
}

TEST(SpokeStanding, HasTheDelayOfItsNewestRecord) {
    auto old = record(kDev, "A", 300min);
    old.delivery_delay = 900ms;
    auto young = record(kDev, "B", 20min);
    young.delivery_delay = 40ms;
    auto middle = record(kDev, "C", 90min);
    middle.delivery_delay = 7ms;
    EXPECT_EQ(judge_fleet({old, young, middle}).at(0).delay, 40ms);
    EXPECT_EQ(judge_fleet({record(kDev, "A", 5min)}).at(0).delay, std::nullopt);
}

TEST(SpokeStanding, HearsReportsToo) {
    const auto spokes = judge_fleet({record(kDev, "A", 300min)}, {report(kDev, {"A"})});
    EXPECT_EQ(spokes.at(0).state, SeriesState::fresh);
    EXPECT_EQ(spokes.at(0).last_event, kNoon - 10min);
}

TEST(SpokeStanding, CountsWhatItExtractsAndWhatOfItFails) {
    const auto spokes = judge_fleet({record(kDev, "Gone", 20min), record(kDev, "A", 20min)},
                                    {report(kDev, {"A", "B"}, {{"B", "denied"}})});
    EXPECT_EQ(spokes.at(0).metrics, 2U);
    EXPECT_EQ(spokes.at(0).failing, 1U);
}

TEST(SpokeStanding, IsSilentWhenNothingEverCame) {
    const auto spokes = judge_fleet({}, {}, {kProd});
    ASSERT_EQ(spokes.size(), 1U);
    EXPECT_EQ(spokes[0].account_id, kProd);
    EXPECT_EQ(spokes[0].state, SeriesState::silent);
    EXPECT_EQ(spokes[0].last_event, std::nullopt);
}

TEST(SpokeStanding, IsNotMadeOfRowsWithoutAnAccount) {
    auto row = record(kDev, "A", 20min);
    row.series.account_id.clear();
    EXPECT_TRUE(judge_fleet({row}).empty());
}

}  // namespace
}  // namespace dsdash
