#include "dashboard/api/attention.hpp"

#include <gtest/gtest.h>

#include "dashboard/testing/fake_hubs.hpp"

namespace dsdash::dashboard {
namespace {

using namespace std::chrono_literals;
using Severity = AttentionItem::Severity;
using State = doctor::Finding::State;

const TimePoint kNoon = parse_extraction_date("2026-11-23 12:00:00").value();
const AccountId kDev = AccountId::parse("222222222222").value();

class Attention : public testing::Test {
  protected:
    LatestRecord& add(std::string metric, std::int64_t value, std::chrono::minutes age = 5min) {
        LatestRecord record;
        record.series = {std::move(metric), "churn", "dev", kDev.text()};
        record.extraction_date = kNoon - age;
        record.previous_dates = {record.extraction_date - 1h};
        record.value = Decimal(value);
        latest_.push_back(record);
        return latest_.back();
    }
    void add_trend(std::string metric, double each_day, std::size_t days) {
        SeriesTrend trend{.series = {std::move(metric), "churn", "dev", kDev.text()},
                          .last = {},
                          .day_ago = each_day,
                          .week_ago = each_day};
        for (std::size_t back = 0; back < days; ++back) trend.last[30 - back] = each_day;
        trends_.push_back(trend);
        std::ranges::sort(trends_, {}, &SeriesTrend::series);
    }
    std::vector<AttentionItem> find() {
        const Expectations expectations{.now = kNoon, .refresh_interval = {}};
        const HubPicture picture{.hub = hubs_.find(hub_id_).value(),
                                 .expectations = expectations,
                                 .series = judge_series(latest_, reports_, expectations),
                                 .reports = reports_,
                                 .registrations = {{kDev, "churn", "dev"}}};
        return find_attention(picture, findings_, trends_);
    }
    AttentionItem only() {
        const auto items = find();
        EXPECT_EQ(items.size(), 1U);
        return items.empty() ? AttentionItem{} : items.front();
    }

    const AccountId hub_id_ = AccountId::parse("111111111111").value();
    FakeHubs hubs_;
    FakeHubs::Tables& hub_ = hubs_.hub("111111111111");
    std::vector<LatestRecord> latest_;
    std::vector<ExtractionReport> reports_;
    doctor::Findings findings_;
    std::vector<SeriesTrend> trends_;
};

TEST_F(Attention, IsNotNeededWhereAllIsWell) {
    add("Jobs", 3);
    add_trend("Jobs", 3, 31);
    findings_ = {{kDev, "spoke", "rule", State::well, "forwards to it", ""}};
    EXPECT_TRUE(find().empty());
}

TEST_F(Attention, GoesToSilentSpokesWithTheCommandThatMendsThem) {
    add("Jobs", 3, 300min);
    findings_ = {{kDev, "spoke", "last metric", State::wrong, "old", "dsdash refresh"}};
    const auto item = only();
    EXPECT_EQ(item.severity, Severity::critical);
    EXPECT_EQ(item.kind, "silent_spoke");
    EXPECT_EQ(item.title, "churn/dev is silent");
    EXPECT_EQ(item.detail, "Account 222222222222 was last heard of 5 h ago.");
    EXPECT_EQ(item.command, "dsdash refresh");
    EXPECT_EQ(item.about, (SeriesKey{"", "churn", "dev", kDev.text()}));
}

TEST_F(Attention, GoesToLateSpokesLess) {
    add("Jobs", 3, 100min);
    EXPECT_EQ(only().kind, "late_spoke");
    EXPECT_EQ(only().severity, Severity::warning);
}

TEST_F(Attention, GoesToSpokesThatNeverSpoke) {
    EXPECT_EQ(only().detail, "Nothing ever came from account 222222222222.");
}

TEST_F(Attention, GoesOnceToAMetricThatFailsEverywhereForOneReason) {
    add("Jobs", 3);
    for (const std::string environment : {"dev", "int", "prod"}) {
        reports_.push_back({.account_id = environment == "dev" ? kDev.text() : environment,
                            .project_name = "churn",
                            .environment = environment,
                            .fetch_id = "",
                            .time = kNoon,
                            .metrics = {"Jobs", "Other"},
                            .failures = {{"Other", "denied"}},
                            .duration_ms = 1});
        if (environment == "dev") continue;
        reports_.back().metrics = {"Other"};
    }
    findings_ = {{kDev, "spoke", "report", State::wrong, "Other: denied", "dsdash invoke e"}};
    const auto item = only();
    EXPECT_EQ(item.command, "dsdash invoke e");
    EXPECT_EQ(item.kind, "failing_metric");
    EXPECT_EQ(item.title, "Other fails in 3 accounts, churn/dev first");
    EXPECT_EQ(item.detail, "denied");
    EXPECT_EQ(item.about.metric_name, "Other");
}

TEST_F(Attention, GoesToWhatDoctorFoundWrong) {
    add("Jobs", 3);
    findings_ = {{kDev, "spoke", "quarantine", State::wrong, "2 of its events", "dsdash replay q"},
                 {kDev, "spoke", "dead letters", State::wrong, "1 was not delivered", "replay d"},
                 {kDev, "spoke", "rule", State::wrong, "no rule", "invoke"},
                 {kDev, "spoke", "ping", State::wrong, "the values say as much", ""}};
    const auto items = find();
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(items[0].kind, "quarantined");
    EXPECT_EQ(items[0].command, "dsdash replay q");
    EXPECT_EQ(items[1].kind, "dead_letters");
    EXPECT_EQ(items[2].kind, "half_connected");
    EXPECT_EQ(items[2].severity, Severity::warning);
}

TEST_F(Attention, GoesToSuddenDrops) {
    add("Jobs", 1);
    add_trend("Jobs", 100, 31);
    const auto item = only();
    EXPECT_EQ(item.kind, "sudden_drop");
    EXPECT_EQ(item.title, "Jobs of churn/dev fell by 99 %");
    EXPECT_EQ(item.detail, "It was 100 a day ago and is 1 now.");
}

TEST_F(Attention, GoesToEndpointsWithoutTraining) {
    add("NumberEndPointsInService", 2);
    add("TotalCompletedTrainingJobs", 40);
    add_trend("TotalCompletedTrainingJobs", 40, 14);
    EXPECT_EQ(only().kind, "idle_endpoints");
    EXPECT_EQ(only().severity, Severity::notice);
    trends_.front().last[20] = 39;
    EXPECT_TRUE(find().empty()) << "one was trained ten days ago";
}

TEST_F(Attention, LeavesEndpointsAloneThatItCannotJudge) {
    add("NumberEndPointsInService", 2);
    EXPECT_TRUE(find().empty());
    latest_.clear();
    add("NumberEndPointsInService", 0);
    add_trend("CompletedTrainingJobs24h", 0, 31);
    EXPECT_TRUE(find().empty());
}

TEST_F(Attention, IsRankedByHowBadThingsAre) {
    add("NumberEndPointsInService", 2, 100min);
    add_trend("CompletedTrainingJobs24h", 0, 31);
    findings_ = {{kDev, "spoke", "dead letters", State::wrong, "1 was not delivered", ""}};
    const auto items = find();
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(items[0].severity, Severity::critical);
    EXPECT_EQ(items[1].severity, Severity::warning);
    EXPECT_EQ(items[2].severity, Severity::notice);
}

}  // namespace
}  // namespace dsdash::dashboard
