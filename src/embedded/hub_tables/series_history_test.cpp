#include "embedded/hub_tables/series_history.hpp"

#include "embedded/testing/record_table_fixture.hpp"

namespace dsdash::embedded {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class SeriesHistoryTest : public RecordTableFixture {
  protected:
    /// A record every five minutes of the 60 days before now: value = minutes since the start.
    void fill() {
        std::vector<MetricRecord> records;
        for (auto time = start_; time < clock_.time; time += minutes(5)) {
            auto one = record("2026-11-23 00:00:00", "0");
            one.extraction_date = time;
            one.value = Decimal((time - start_) / minutes(1));
            records.push_back(one);
            if (records.size() == 10'000) flush(records);
        }
        flush(records);
        move_all();
    }

    void flush(std::vector<MetricRecord>& records) {
        for (const auto& answer : table().put(records)) EXPECT_EQ(answer.value(), Stored::inserted);
        records.clear();
    }

    std::vector<HistoryPoint> history(TimePoint from, TimePoint to, std::size_t points_max) {
        return table()
            .history({.series = record("2026-11-23 00:00:00", "0").series,
                      .from = from,
                      .to = to,
                      .points_max = points_max})
            .value();
    }

    std::vector<HistoryPoint> metric_history(TimePoint from, TimePoint to, std::size_t points_max) {
        return table()
            .metric_history(
                {.metric_name = "Jobs", .from = from, .to = to, .points_max = points_max})
            .value();
    }

    TimePoint start_ = clock_.time - hours(60 * 24);
};

std::int64_t count(const std::vector<HistoryPoint>& points) {
    std::int64_t sum = 0;
    for (const auto& point : points) sum += point.count;
    return sum;
}

TEST_F(SeriesHistoryTest, GivesSingleRecordsWhenThereAreFewEnough) {
    put_one(record("2026-11-01 10:00:00", "1"));
    put_one(record("2026-11-01 10:00:01", "2"));
    put_one(record("2026-11-22 10:00:00", "3"));
    move_all();
    put_one(record("2026-11-23 11:30:00", "4.5"));
    const auto points = history(date("2026-01-01 00:00:00"), date("2027-01-01 00:00:00"), 4);
    ASSERT_EQ(points.size(), 4U);
    EXPECT_EQ(points[1].time, date("2026-11-01 10:00:01"));
    EXPECT_EQ(points[1].count, 1);
    EXPECT_EQ(points[3].last, 4.5);
    EXPECT_EQ(history(date("2026-01-01 00:00:00"), date("2027-01-01 00:00:00"), 3).size(), 1U);
}

TEST_F(SeriesHistoryTest, TakesFromInAndLeavesToOut) {
    put_one(record("2026-11-23 10:00:00", "1"));
    put_one(record("2026-11-23 11:00:00", "2"));
    const auto points = history(date("2026-11-23 10:00:00"), date("2026-11-23 11:00:00"), 10);
    ASSERT_EQ(points.size(), 1U);
    EXPECT_EQ(points[0].last, 1);
}

TEST_F(SeriesHistoryTest, IsEmptyForAnUnheardSeriesAndAnEmptySpan) {
    EXPECT_TRUE(history(start_, clock_.time, 10).empty());
    put_one(record("2026-11-23 10:00:00", "1"));
    EXPECT_TRUE(history(clock_.time, clock_.time, 10).empty());
    EXPECT_TRUE(history(clock_.time, start_, 10).empty());
    EXPECT_TRUE(table().metric_history({"Unheard", start_, clock_.time}).value().empty());
}

TEST_F(SeriesHistoryTest, DrawsThirtyDaysFromRollUpsAndEdges) {
    fill();
    const auto to = clock_.time - minutes(17);
    const auto from = to - hours(30 * 24);
    const auto points = history(from, to, 500);
    EXPECT_LE(points.size(), 500U);
    EXPECT_GE(points.size(), 300U);
    EXPECT_EQ(count(points), 30 * 24 * 12);
    EXPECT_EQ(points.front().min, static_cast<double>((from - start_) / minutes(1) + 2));
    EXPECT_EQ(points.back().last, static_cast<double>((to - start_) / minutes(1) - 3));
    for (const auto& point : points) {
        EXPECT_EQ(point.sum, (point.min + point.max) / 2 * static_cast<double>(point.count));
        EXPECT_EQ(point.last, point.max);
    }
}

TEST_F(SeriesHistoryTest, DrawsYearsFromDaysAndEdges) {
    fill();
    const auto to = clock_.time - minutes(17);
    const auto from = to - hours(58 * 24);
    const auto points = history(from, to, 20);
    EXPECT_LE(points.size(), 20U);
    EXPECT_GE(points.size(), 15U);
    EXPECT_EQ(count(points), 58 * 24 * 12);
    EXPECT_EQ(points.front().min, static_cast<double>((from - start_) / minutes(1) + 2));
    EXPECT_EQ(points.back().last, static_cast<double>((to - start_) / minutes(1) - 3));
    for (std::size_t i = 1; i < points.size(); ++i) {
        EXPECT_EQ(points[i].time, std::chrono::floor<std::chrono::days>(points[i].time));
        EXPECT_EQ(points[i].min, points[i - 1].max + 5);
    }
    const auto of_metric = metric_history(from, to, 20);
    ASSERT_EQ(of_metric.size(), points.size());
    for (std::size_t i = 0; i < points.size(); ++i) EXPECT_EQ(of_metric[i].sum, points[i].sum);
}

TEST_F(SeriesHistoryTest, DrawsTheSameBeforeAndAfterTheMove) {
    fill();
    const auto from = clock_.time - hours(40 * 24) - minutes(3);
    auto late = record("2026-11-01 10:00:01", "100000");
    put_one(late);
    late.extraction_date = clock_.time - minutes(2);
    put_one(late);
    const auto before = history(from, clock_.time, 321);
    const auto metric_before = metric_history(from, clock_.time, 321);
    move_all();
    clock_.time += hours(2);
    move_all();
    const auto after = history(from, clock_.time - hours(2), 321);
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(before[i].time, after[i].time);
        EXPECT_EQ(before[i].sum, after[i].sum);
        EXPECT_EQ(before[i].count, after[i].count);
        EXPECT_EQ(before[i].last, after[i].last);
        EXPECT_EQ(before[i].sum, metric_before[i].sum);
    }
}

TEST_F(SeriesHistoryTest, NeverDrawsMorePointsThanAsked) {
    fill();
    for (const std::size_t points_max : {1U, 2U, 3U, 7U, 100U, 499U, 10'000U}) {
        for (const auto span : {minutes(1), minutes(61), minutes(60 * 49), minutes(60 * 24 * 59)}) {
            const auto to = clock_.time - minutes(31);
            const auto points = history(to - span, to, points_max);
            EXPECT_LE(points.size(), points_max);
            EXPECT_EQ(count(points),
                      number("SELECT count(*) FROM stored_record WHERE ts >= " +
                             std::to_string((to - span).time_since_epoch().count()) + " AND ts < " +
                             std::to_string(to.time_since_epoch().count())));
            EXPECT_LE(metric_history(to - span, to, points_max).size(), points_max);
        }
    }
}

TEST_F(SeriesHistoryTest, DrawsAllSeriesOfAMetricTogether) {
    for (const auto* project : {"p", "q", "r"}) {
        put_one(of_series(record("2026-11-21 10:00:00", "2"), {"Jobs", project, "dev", "1"}));
        put_one(of_series(record("2026-11-22 10:10:00", "3"), {"Jobs", project, "dev", "1"}));
    }
    put_one(of_series(record("2026-11-21 10:00:00", "50"), {"Other", "p", "dev", "1"}));
    move_all();
    const auto points = metric_history(date("2026-11-20 00:00:00"), date("2026-11-24 00:00:00"), 5);
    ASSERT_EQ(points.size(), 2U);
    EXPECT_EQ(points[0].count, 3);
    EXPECT_EQ(points[0].sum, 6);
    EXPECT_EQ(points[1].sum, 9);
    EXPECT_EQ(metric_history(date("2026-11-20 00:00:00"), date("2026-11-24 00:00:00"), 6).size(),
              6U);
}

TEST_F(SeriesHistoryTest, RefusesPointsAndTimesOutOfRange) {
    const auto refused = [&](TimePoint from, TimePoint to, std::size_t points_max) {
        return table()
            .history({record("2026-11-23 00:00:00", "0").series, from, to, points_max})
            .error()
            .message;
    };
    EXPECT_EQ(refused(start_, clock_.time, 0), "points must be 1 to 10,000");
    EXPECT_EQ(refused(start_, clock_.time, 10'001), "points must be 1 to 10,000");
    EXPECT_EQ(refused(TimePoint::min(), TimePoint::max(), 5),
              "a time must lie in the years 0001 to 9999");
}

TEST_F(SeriesHistoryTest, SpansTheWholeCalendar) {
    put_one(record("0001-01-01 00:00:00", "1"));
    put_one(record("9999-12-31 23:59:59.999999", "2"));
    move_all();
    const auto points = history(date("0001-01-01 00:00:00"), date("9999-12-31 23:59:59.999999"), 1);
    ASSERT_EQ(points.size(), 1U);
    EXPECT_EQ(points[0].count, 1);
}

}  // namespace
}  // namespace dsdash::embedded
