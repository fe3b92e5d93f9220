#include "simulation/fleet.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "metrics/catalogue.hpp"

namespace dsdash::simulation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

const TimePoint kEnd = parse_extraction_date("2026-11-23 12:00:00").value();

Plan plan(int spokes, int metrics = 8, int days = 30, std::uint64_t seed = 1) {
    return {.spokes = spokes,
            .metrics = metrics,
            .days = days,
            .seed = seed,
            .end = kEnd,
            .until = kEnd};
}

Fleet fleet(int spokes, int metrics = 8, int days = 30, std::uint64_t seed = 1) {
    return make_fleet(plan(spokes, metrics, days, seed)).value();
}

auto how_many(const Fleet& fleet, auto has_story) {
    return std::ranges::count_if(fleet.spokes,
                                 [&](const Spoke& spoke) { return bool(spoke.*has_story); });
}

TEST(Fleet, HasEveryProjectInThreeEnvironments) {
    const auto fleet = simulation::fleet(5);
    std::vector<std::string> environments;
    for (const auto& spoke : fleet.spokes) environments.push_back(spoke.environment);
    EXPECT_THAT(environments, ElementsAre("dev", "int", "prod", "dev", "int"));
    EXPECT_EQ(fleet.spokes[0].project_name, fleet.spokes[2].project_name);
    EXPECT_NE(fleet.spokes[0].project_name, fleet.spokes[3].project_name);
}

TEST(Fleet, LargestOneHasNoAccountAndNoNameTwice) {
    const auto fleet = simulation::fleet(kSpokesMax, 1, 1);
    std::set<std::string> accounts;
    std::set<std::string> names;
    for (const auto& spoke : fleet.spokes) {
        accounts.insert(spoke.account.text());
        names.insert(spoke.name());
        EXPECT_THAT(spoke.account.text(), StartsWith(fleet.account_prefix));
    }
    EXPECT_THAT(accounts, SizeIs(kSpokesMax));
    EXPECT_THAT(names, SizeIs(kSpokesMax));
}

TEST(Fleet, FollowsFromItsSeed) {
    const auto names = [](const Fleet& fleet) {
        std::vector<std::string> out;
        for (const auto& spoke : fleet.spokes) out.push_back(spoke.name() + spoke.account.text());
        return out;
    };
    EXPECT_EQ(names(fleet(30, 8, 30, 7)), names(fleet(30, 8, 30, 7)));
    EXPECT_NE(names(fleet(30, 8, 30, 7)), names(fleet(30, 8, 30, 8)));
}

TEST(Fleet, TellsEachStoryOnceAndInDifferentSpokes) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto fleet = simulation::fleet(6, 8, 30, seed);
        EXPECT_EQ(how_many(fleet, &Spoke::silent_since), 1);
        EXPECT_EQ(how_many(fleet, &Spoke::idle_since), 1);
        EXPECT_EQ(how_many(fleet, &Spoke::failing), 1);
        EXPECT_EQ(how_many(fleet, &Spoke::drop), 1);
        for (const auto& spoke : fleet.spokes) {
            EXPECT_LE(bool(spoke.silent_since) + bool(spoke.idle_since) + bool(spoke.failing) +
                          bool(spoke.drop),
                      1);
        }
    }
}

TEST(Fleet, OfTwoSpokesTheSilentOneHasNoOtherStory) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto fleet = simulation::fleet(2, 8, 30, seed);
        EXPECT_EQ(how_many(fleet, &Spoke::silent_since), 1);
        for (const auto& spoke : fleet.spokes) {
            EXPECT_NE(bool(spoke.silent_since), bool(spoke.failing));
            EXPECT_NE(bool(spoke.silent_since), bool(spoke.drop));
        }
    }
}

TEST(Fleet, OfOneSpokeNeverFallsSilent) {
    EXPECT_EQ(how_many(fleet(1), &Spoke::silent_since), 0);
    EXPECT_EQ(how_many(fleet(1, 1), &Spoke::failing), 0);
}

TEST(Fleet, MeasuresTheCataloguesMetricsFirst) {
    const auto kinds = metric_kinds();
    for (const auto index : {kTotalTraining, kEndpoints, kTraining24h}) {
        const auto* metric = metrics::find_metric(kinds[index].name);
        ASSERT_NE(metric, nullptr) << kinds[index].name;
        EXPECT_THAT(metric->settings(), SizeIs(0));
    }
    EXPECT_EQ(kinds[kPredictions24h].name, "PredictionsServed24h");
    EXPECT_EQ(kinds[kModelAuc].name, "ModelAUC");
}

TEST(Fleet, MetricNamesAreDifferentAndMetricsOfOneActivityAgree) {
    std::set<std::string_view> names;
    std::map<std::string_view, std::pair<double, double>> rates;
    for (const auto& kind : metric_kinds()) {
        EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
        EXPECT_LT(kind.low, kind.high) << kind.name;
        const bool counts = kind.shape == Shape::total || kind.shape == Shape::last_day;
        EXPECT_EQ(counts, !kind.activity.empty()) << kind.name;
        if (!counts) continue;
        const auto rate = std::pair(kind.low, kind.high);
        EXPECT_EQ(rates.try_emplace(kind.activity, rate).first->second, rate) << kind.name;
    }
}

TEST(Plan, OutOfRangeIsRefusedByName) {
    const auto message_of = [](Plan wrong) {
        const auto checked = check_plan(wrong);
        return checked ? std::string() : checked.error().message;
    };
    EXPECT_EQ(message_of(plan(0)), "spokes must be 1 to 1000, not 0");
    EXPECT_EQ(message_of(plan(1'001)), "spokes must be 1 to 1000, not 1001");
    EXPECT_EQ(message_of(plan(1, 101)), "metrics must be 1 to 100, not 101");
    EXPECT_EQ(message_of(plan(1, 1, 1'826)), "days must be 1 to 1825, not 1826");
    auto often = plan(1);
    often.interval = std::chrono::minutes(4);
    EXPECT_THAT(message_of(often), HasSubstr("interval must be 5 minutes to 24 hours"));
    EXPECT_EQ(message_of(plan(1'000, 100, 41)), "");
    EXPECT_EQ(message_of(plan(1'000, 100, 42)),
              "1000 spokes with 100 metrics over 42 days make 100800000 records; at most 100000000 "
              "can be simulated");
    EXPECT_FALSE(make_fleet(plan(0)));
}

}  // namespace
}  // namespace dsdash::simulation
