#include "simulation/series.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace dsdash::simulation {
namespace {

using std::chrono::days;
using std::chrono::hours;

const TimePoint kEnd = parse_extraction_date("2026-11-23 12:00:00").value();  // a Monday

Fleet fleet(int spokes = 12, int metrics = kMetricsMax, int days_back = 60,
            std::uint64_t seed = 3) {
    return make_fleet({.spokes = spokes,
                       .metrics = metrics,
                       .days = days_back,
                       .seed = seed,
                       .end = kEnd,
                       .until = kEnd})
        .value();
}

const Spoke& with(const Fleet& fleet, auto has_story) {
    return *std::ranges::find_if(fleet.spokes,
                                 [&](const Spoke& spoke) { return bool(spoke.*has_story); });
}

/// One without a story.
const Spoke& healthy(const Fleet& fleet) {
    return *std::ranges::find_if(fleet.spokes, [](const Spoke& spoke) {
        return !spoke.silent_since && !spoke.idle_since && !spoke.failing && !spoke.drop;
    });
}

double value(const Fleet& fleet, const Spoke& spoke, std::size_t metric, TimePoint time) {
    return Series(fleet, spoke, metric).value_at(time).to_double();
}

TEST(Series, TotalsNeverFall) {
    const auto fleet = simulation::fleet();
    for (std::size_t metric = 0; metric < fleet.metrics().size(); ++metric) {
        const auto shape = fleet.metrics()[metric].shape;
        if (shape != Shape::total && shape != Shape::growing) continue;
        const Series series(fleet, healthy(fleet), metric);
        auto before = series.value_at(fleet.plan.start());
        for (auto time = fleet.plan.start(); time < kEnd; time += hours(1)) {
            const auto now = series.value_at(time);
            ASSERT_GE(compare(now, before), 0) << fleet.metrics()[metric].name;
            before = now;
        }
    }
}

TEST(Series, TotalAndLastDayOfOneActivityAgree) {
    const auto fleet = simulation::fleet();
    for (const auto& spoke : fleet.spokes) {
        const auto time = kEnd - hours(30);
        const auto counted = value(fleet, spoke, kTotalTraining, time) -
                             value(fleet, spoke, kTotalTraining, time - days(1));
        EXPECT_EQ(value(fleet, spoke, kTraining24h, time), counted);
    }
}

TEST(Series, WeekendsHaveLessActivity) {
    const auto fleet = simulation::fleet();
    double weekends = 0;
    double working_days = 0;
    for (const auto& spoke : fleet.spokes) {
        if (spoke.idle_since) continue;
        const Series series(fleet, spoke, kTraining24h);
        for (int week = 0; week < 8; ++week) {
            // At midnight a metric of the last 24 hours tells what the day before was like.
            const auto monday = std::chrono::floor<days>(kEnd) - days(7 * week);
            weekends += series.value_at(monday).to_double();
            working_days += series.value_at(monday - days(3)).to_double();
        }
    }
    EXPECT_GT(weekends, 0);
    EXPECT_LT(weekends, working_days * 0.4);
}

TEST(Series, ActivityGrows) {
    const auto fleet = simulation::fleet(12, 8, 700);
    double first = 0;
    double last = 0;
    for (const auto& spoke : fleet.spokes) {
        const auto total = [&](TimePoint time) {
            return value(fleet, spoke, kTotalTraining, time);
        };
        if (spoke.idle_since) continue;
        first += total(fleet.plan.start() + days(100)) - total(fleet.plan.start());
        last += total(kEnd) - total(kEnd - days(100));
    }
    EXPECT_GT(last, first * 1.3);
}

TEST(Series, ProductionServesMostAndTrainsLeast) {
    const auto fleet = simulation::fleet(60);
    double dev[2] = {};
    double prod[2] = {};
    for (const auto& spoke : fleet.spokes) {
        auto* sums = spoke.environment == "dev"    ? dev
                     : spoke.environment == "prod" ? prod
                                                   : nullptr;
        if (sums == nullptr) continue;
        sums[0] += value(fleet, spoke, kTraining24h, kEnd - hours(80));
        sums[1] += value(fleet, spoke, kPredictions24h, kEnd - hours(80));
    }
    EXPECT_GT(dev[0], prod[0] * 2);
    EXPECT_GT(prod[1], dev[1] * 10);
}

TEST(Series, DropLeavesAFraction) {
    const auto fleet = simulation::fleet();
    const auto& spoke = with(fleet, &Spoke::drop);
    const auto [metric, since] = *spoke.drop;
    EXPECT_GE(since, kEnd - hours(24));
    const auto before = value(fleet, spoke, metric, since - hours(1));
    EXPECT_GT(before, 0);
    EXPECT_LT(value(fleet, spoke, metric, since), before * 0.2);
}

TEST(Series, IdleSpokeHasEndpointsAndCompletesNoTraining) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto fleet = simulation::fleet(6, 4, 60, seed);
        const auto& spoke = with(fleet, &Spoke::idle_since);
        EXPECT_LE(*spoke.idle_since, kEnd - days(30));
        const Series total(fleet, spoke, kTotalTraining);
        const Series last_day(fleet, spoke, kTraining24h);
        const Series endpoints(fleet, spoke, kEndpoints);
        const auto stays = total.value_at(*spoke.idle_since);
        EXPECT_GE(compare(stays, total.value_at(fleet.plan.start())), 0);
        for (auto time = *spoke.idle_since + days(1); time < kEnd; time += hours(17)) {
            ASSERT_EQ(total.value_at(time), stays);
            ASSERT_EQ(last_day.value_at(time), Decimal(0));
            ASSERT_GE(compare(endpoints.value_at(time), Decimal(1)), 0);
        }
    }
}

TEST(Series, ValuesStayInTheirRange) {
    const auto fleet = simulation::fleet(3);
    for (std::size_t metric = 0; metric < fleet.metrics().size(); ++metric) {
        const auto& kind = fleet.metrics()[metric];
        const Series series(fleet, fleet.spokes[0], metric);
        for (auto time = fleet.plan.start(); time < kEnd; time += hours(5)) {
            const auto number = series.value_at(time).to_double();
            ASSERT_GE(number, 0) << kind.name;
            if (kind.shape != Shape::measure) continue;
            ASSERT_GE(number, kind.low) << kind.name;
            ASSERT_LE(number, kind.high) << kind.name;
        }
    }
}

TEST(Series, GoesOnAsItWasWhenTheFleetIsContinued) {
    const auto fleet = simulation::fleet();
    auto later_plan = fleet.plan;
    later_plan.until += days(10);
    const auto later = make_fleet(later_plan).value();
    for (std::size_t i = 0; i < fleet.spokes.size(); ++i) {
        for (std::size_t metric = 0; metric < fleet.metrics().size(); ++metric) {
            const Series series(fleet, fleet.spokes[i], metric);
            const Series continued(later, later.spokes[i], metric);
            for (auto time = kEnd - days(40); time < kEnd; time += hours(37)) {
                ASSERT_EQ(series.value_at(time), continued.value_at(time));
            }
        }
    }
}

}  // namespace
}  // namespace dsdash::simulation
