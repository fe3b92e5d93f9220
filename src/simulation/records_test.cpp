#include "simulation/records.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

namespace dsdash::simulation {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;

const TimePoint kEnd = parse_extraction_date("2026-11-23 12:00:00").value();

Plan plan(int spokes = 6, int days_back = 30, std::uint64_t seed = 3) {
    return {.spokes = spokes,
            .metrics = 6,
            .days = days_back,
            .seed = seed,
            .end = kEnd,
            .until = kEnd};
}

std::vector<MetricRecord> records(const Fleet& fleet, const Spoke& spoke) {
    std::vector<MetricRecord> all;
    EXPECT_TRUE(for_each_record(fleet, spoke, [&](MetricRecord record) -> Result<void> {
        all.push_back(std::move(record));
        return {};
    }));
    return all;
}

std::map<std::string, std::string> values_by_key(const Plan& plan) {
    std::map<std::string, std::string> values;
    const auto fleet = make_fleet(plan).value();
    for (const auto& spoke : fleet.spokes) {
        for (const auto& record : records(fleet, spoke)) {
            values[record.series.account_id + record.series.metric_name +
                   format_extraction_date(record.extraction_date)] = record.value.to_string();
        }
    }
    return values;
}

const Spoke& with(const Fleet& fleet, auto has_story) {
    return *std::ranges::find_if(fleet.spokes,
                                 [&](const Spoke& spoke) { return bool(spoke.*has_story); });
}

TEST(Records, FollowFromTheSeed) {
    EXPECT_EQ(values_by_key(plan()), values_by_key(plan()));
    EXPECT_NE(values_by_key(plan()), values_by_key(plan(6, 30, 4)));
}

TEST(Records, OfAContinuedFleetHoldThoseThatWereThereBefore) {
    auto later = plan();
    later.until += days(3);
    const auto before = values_by_key(plan());
    const auto after = values_by_key(later);
    for (const auto& [key, value] : before) ASSERT_EQ(after.at(key), value) << key;
    EXPECT_GT(after.size(), before.size() + 5UL * 5 * 24 * 2);
}

TEST(Records, NoTwoHaveTheSameMetricAndDate) {
    const auto fleet = make_fleet(plan(30, 10)).value();
    std::set<std::pair<std::string, TimePoint>> keys;
    for (const auto& spoke : fleet.spokes) {
        for (const auto& record : records(fleet, spoke)) {
            ASSERT_TRUE(keys.insert({record.series.metric_name, record.extraction_date}).second);
        }
    }
}

TEST(Records, LieWithinThePlanHourByHour) {
    const auto fleet = make_fleet(plan(12, 2)).value();
    std::size_t count = 0;
    for (const auto& spoke : fleet.spokes) {
        if (spoke.silent_since || spoke.failing) continue;
        const auto all = records(fleet, spoke);
        EXPECT_GE(all.front().extraction_date, fleet.plan.start());
        EXPECT_LE(all.back().extraction_date, kEnd);
        EXPECT_GT(all.back().extraction_date, kEnd - minutes(61));
        EXPECT_THAT(std::ssize(all), testing::AnyOf(48 * 6, 47 * 6));  // days of calm
        count += all.size();
    }
    EXPECT_GT(count, 0U);
}

TEST(Records, AreCounted) {
    const auto fleet = make_fleet(plan(12, 90)).value();
    for (const auto& spoke : fleet.spokes) {
        EXPECT_EQ(count_records(fleet, spoke), std::ssize(records(fleet, spoke)));
    }
}

TEST(Records, OutagesLeaveGapsOfHoursOrDaysButNotAtTheEnd) {
    const auto fleet = make_fleet(plan(40, 90)).value();
    std::size_t gaps = 0;
    for (const auto& spoke : fleet.spokes) {
        TimePoint before = fleet.plan.start();
        for (const auto& record : records(fleet, spoke)) {
            const auto gap = record.extraction_date - before;
            if (gap > hours(5)) {
                ++gaps;
                EXPECT_LT(gap, days(4));
                EXPECT_LT(record.extraction_date, kEnd - days(2));
            }
            before = record.extraction_date;
        }
    }
    EXPECT_GT(gaps, 10U);
    EXPECT_LT(gaps, 120U);
}

TEST(Records, StopWhenTheSpokeFallsSilent) {
    const auto fleet = make_fleet(plan()).value();
    const auto& silent = with(fleet, &Spoke::silent_since);
    EXPECT_LT(*silent.silent_since, kEnd - hours(6) + minutes(1));
    const auto last = records(fleet, silent).back().extraction_date;
    EXPECT_LE(last, *silent.silent_since);
    EXPECT_GT(last, *silent.silent_since - hours(2));
    EXPECT_LE(last_report(fleet, silent)->time, *silent.silent_since);
}

TEST(Records, OfAFailingMetricStopAndTheReportSaysWhy) {
    const auto fleet = make_fleet(plan()).value();
    const auto& spoke = with(fleet, &Spoke::failing);
    const std::string failing(fleet.metrics()[spoke.failing->metric].name);
    std::map<std::string, TimePoint> last;
    for (const auto& record : records(fleet, spoke)) {
        last[record.series.metric_name] = record.extraction_date;
    }
    ASSERT_EQ(last.size(), 6U);
    for (const auto& [metric, date] : last) {
        EXPECT_EQ(date < kEnd - hours(3), metric == failing) << metric;
    }
    const auto report = last_report(fleet, spoke).value();
    ASSERT_EQ(report.failures.size(), 1U);
    EXPECT_EQ(report.failures[0].metric_name, failing);
    EXPECT_EQ(report.failures[0].reason,
              "there is no parameter /models/" + spoke.project_name + "/auc");
}

TEST(Records, ReportNamesEveryMetric) {
    const auto fleet = make_fleet(plan()).value();
    for (const auto& spoke : fleet.spokes) {
        const auto report = last_report(fleet, spoke).value();
        EXPECT_THAT(report.metrics,
                    ElementsAre("TotalCompletedTrainingJobs", "NumberEndPointsInService",
                                "CompletedTrainingJobs24h", "PredictionsServed24h", "ModelAUC",
                                "EndpointLatencyMsP95"));
        EXPECT_EQ(report.account_id, spoke.account.text());
        EXPECT_EQ(report.failures.empty(), !spoke.failing);
    }
}

TEST(Records, EndWithTheErrorOfWhoTakesThem) {
    const auto fleet = make_fleet(plan()).value();
    int taken = 0;
    const auto ended = for_each_record(fleet, fleet.spokes[0], [&](auto&&) -> Result<void> {
        if (++taken == 3) return fail(ErrorKind::conflict, "enough");
        return {};
    });
    EXPECT_FALSE(ended);
    EXPECT_EQ(taken, 3);
}

}  // namespace
}  // namespace dsdash::simulation
