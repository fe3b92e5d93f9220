#include "embedded/hub_tables/series_trends.hpp"

#include <algorithm>

#include "embedded/testing/record_table_fixture.hpp"

namespace dsdash::embedded {
namespace {

using std::chrono::days;
using std::chrono::hours;

std::ptrdiff_t empty_days(const decltype(SeriesTrend::last)& last) {
    return std::ranges::count_if(last, [](const auto& value) { return !value.has_value(); });
}

/// Now is noon of 2026-11-23.
class SeriesTrends : public RecordTableFixture {
  protected:
    void put_at(TimePoint time, std::int64_t value, std::string_view environment = "dev") {
        auto one = record("2026-11-23 00:00:00", "0");
        one.series.environment = environment;
        one.extraction_date = time;
        one.value = Decimal(value);
        put_one(one);
    }
    std::vector<SeriesTrend> trends(std::string_view project = "churn") {
        move_all();
        return table().trends(project, clock_.time).value();
    }
    SeriesTrend only_trend() {
        auto all = trends();
        EXPECT_EQ(all.size(), 1U);
        return all.at(0);
    }
};

TEST_F(SeriesTrends, TellTheLastValueOfEachDay) {
    put_at(clock_.time - days(30) - hours(12), 1);  // the first microsecond of the oldest day
    put_at(clock_.time - days(2) - hours(3), 2);
    put_at(clock_.time - days(2), 3);
    put_at(clock_.time - hours(3), 4);
    const auto last = only_trend().last;
    EXPECT_EQ(last[0], 1);
    EXPECT_EQ(last[28], 3);
    EXPECT_EQ(last[29], std::nullopt);
    EXPECT_EQ(last[30], 4);
    EXPECT_EQ(empty_days(last), 28);
}

TEST_F(SeriesTrends, LeaveOutWhatIsOlder) {
    put_at(clock_.time - days(31), 1);
    EXPECT_EQ(empty_days(only_trend().last), 31);
}

TEST_F(SeriesTrends, KnowTodaysValueBeforeItsHourIsMoved) {
    put_at(clock_.time - hours(5), 4);
    put_at(clock_.time - std::chrono::minutes(1), 5);
    EXPECT_EQ(only_trend().last[30], 5);
}

TEST_F(SeriesTrends, AreTheSameWhereverARecordStands) {
    put_at(clock_.time - days(8), 6);
    put_at(clock_.time - days(2), 7);
    put_at(clock_.time - days(1) - hours(2), 8);
    put_at(clock_.time - hours(1), 9);
    const auto unmoved = table().trends("churn", clock_.time).value();
    move_all();
    put_at(clock_.time - days(1) - hours(1), 10);  // late: stands before what has been moved
    put_at(clock_.time - days(2) - hours(1), 11);
    const auto late = table().trends("churn", clock_.time).value();
    move_all();
    const auto moved = table().trends("churn", clock_.time).value();

    ASSERT_EQ(unmoved.size(), 1U);
    EXPECT_EQ(unmoved[0].day_ago, 8);
    EXPECT_EQ(unmoved[0].week_ago, 6);
    EXPECT_EQ(unmoved[0].last[28], 7);
    EXPECT_EQ(unmoved[0].last[29], 8);
    EXPECT_EQ(late.at(0).day_ago, 10);
    EXPECT_EQ(late.at(0).last[28], 7);
    EXPECT_EQ(late.at(0).last[29], 10);
    EXPECT_EQ(moved.at(0).day_ago, late[0].day_ago);
    EXPECT_EQ(moved.at(0).last, late[0].last);
}

TEST_F(SeriesTrends, TellWhatStoodADayAndAWeekAgo) {
    put_at(clock_.time - days(7) - hours(3), 6);
    put_at(clock_.time - days(7) + std::chrono::minutes(1), 7);  // after, in the same hour
    put_at(clock_.time - days(1) - std::chrono::microseconds(1), 8);
    put_at(clock_.time - days(1), 9);
    put_at(clock_.time, 10);
    const auto trend = only_trend();
    EXPECT_EQ(trend.day_ago, 8);
    EXPECT_EQ(trend.week_ago, 6);
}

TEST_F(SeriesTrends, LookIntoTheHourInWhichTheDayBegan) {
    clock_.time += std::chrono::minutes(30);
    put_at(clock_.time - days(1) - std::chrono::minutes(20), 1);
    put_at(clock_.time - days(1) - std::chrono::minutes(10), 2);
    put_at(clock_.time - days(1) + std::chrono::minutes(10), 3);
    EXPECT_EQ(only_trend().day_ago, 2);
}

TEST_F(SeriesTrends, TellNothingOfATimeBeforeTheFirstValue) {
    put_at(clock_.time - hours(2), 10);
    const auto trend = only_trend();
    EXPECT_EQ(trend.day_ago, std::nullopt);
    EXPECT_EQ(trend.week_ago, std::nullopt);
}

TEST_F(SeriesTrends, KeepSeriesAndProjectsApart) {
    put_at(clock_.time - hours(2), 1, "prod");
    put_at(clock_.time - hours(3), 2, "dev");
    put_one(
        of_series(record("2026-11-23 08:00:00", "3"), {"Jobs", "fraud", "dev", "333333333333"}));
    const auto churn = trends();
    ASSERT_EQ(churn.size(), 2U);
    EXPECT_EQ(churn[0].series.environment, "dev");
    EXPECT_EQ(churn[0].last[30], 2);
    EXPECT_EQ(churn[1].series.environment, "prod");
    EXPECT_EQ(churn[1].last[30], 1);
    EXPECT_EQ(trends("fraud").size(), 1U);
    EXPECT_TRUE(trends("unknown").empty());
}

class Samples : public SeriesTrends {
  protected:
    std::vector<std::string> samples(TimePoint from, TimePoint to, std::size_t limit = 100) {
        return describe(table()
                            .samples({.series = record("2026-11-23 00:00:00", "0").series,
                                      .from = from,
                                      .to = to,
                                      .limit = limit})
                            .value());
    }
};

TEST_F(Samples, ComeNewestFirstFromWhereverTheyStand) {
    auto with_all = record("2026-11-20 10:00:00", "1.50", "e-1");
    with_all.metadata = R"({"a":1})";
    put_one(with_all);
    move_all();
    put_one(record("2026-11-20 09:00:00", "2", "e-2"));  // late, and not moved yet
    put_one(record("2026-11-23 11:59:00", "3", "e-3"));
    put_one(of_series(record("2026-11-23 11:58:00", "4"), {"Jobs", "churn", "prod", ""}));
    EXPECT_EQ(samples(clock_.time - days(30), clock_.time),
              (std::vector<std::string>{
                  "Jobs/churn/dev/222222222222 2026-11-23 11:59:00.000000 = 3 (e-3) {}",
                  R"(Jobs/churn/dev/222222222222 2026-11-20 10:00:00.000000 = 1.5 (e-1) {"a":1})",
                  "Jobs/churn/dev/222222222222 2026-11-20 09:00:00.000000 = 2 (e-2) {}"}));
}

TEST_F(Samples, LieBetweenFromAndTo) {
    put_one(record("2026-11-20 10:00:00", "1"));
    put_one(record("2026-11-20 10:00:01", "2"));
    for (const bool moved : {false, true}) {
        if (moved) move_all();
        EXPECT_EQ(samples(date("2026-11-20 10:00:00"), date("2026-11-20 10:00:01")).size(), 1U);
        EXPECT_EQ(samples(date("2026-11-20 10:00:00"), date("2026-11-20 10:00:02")).size(), 2U);
        EXPECT_EQ(samples(date("2026-11-20 10:00:00"), date("2026-11-20 10:00:00")).size(), 0U);
    }
}

TEST_F(Samples, AreAtMostAsManyAsAskedFor) {
    for (int hour = 1; hour <= 9; ++hour) put_at(clock_.time - hours(hour), hour);
    move_all();
    for (int minute = 1; minute <= 9; ++minute) {
        put_at(clock_.time - std::chrono::minutes(minute), 100 + minute);
    }
    const auto newest = samples(clock_.time - days(1), clock_.time, 12);
    EXPECT_EQ(newest.size(), 12U);
    EXPECT_NE(newest.front().find("= 101 "), std::string::npos) << newest.front();
    EXPECT_NE(newest.back().find("= 3 "), std::string::npos) << newest.back();
}

TEST_F(Samples, OfASeriesThatIsNotThereAreNone) {
    EXPECT_TRUE(samples(clock_.time - days(1), clock_.time).empty());
}

}  // namespace
}  // namespace dsdash::embedded
