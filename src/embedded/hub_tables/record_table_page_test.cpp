#include "embedded/hub_tables/record_table_page.hpp"

#include <algorithm>

#include "embedded/testing/record_table_fixture.hpp"

namespace dsdash::embedded {
namespace {

/// Ten records of metric "a" (values 0-9, a minute apart from 09:00) of which the mover has the
/// first half and a late one, and one of metric "b" at the time of the fourth.
class RecordTablePage : public RecordTableFixture {
  protected:
    RecordTablePage() {
        for (int i = 0; i < 10; ++i) {
            if (i == 5) move_all();
            if (i != 2) put_one(nth(i));
        }
        put_one(nth(2));
        put_one(of_series(nth(3), {"b", "churn", "dev", "1"}));
        put_one(of_series(nth(4), {"b", "other", "dev", "1"}));
    }

    static MetricRecord nth(int i) {
        auto one =
            of_series(record("2026-11-23 09:00:00", std::to_string(i)), {"a", "churn", "dev", "1"});
        one.extraction_date += std::chrono::minutes(i);
        return one;
    }

    static TimePoint time(int i) { return nth(i).extraction_date; }

    static std::vector<std::string> values(const Result<std::vector<MetricRecord>>& page) {
        std::vector<std::string> values;
        for (const auto& one : page.value()) {
            values.push_back(one.series.metric_name + one.value.to_string());
        }
        return values;
    }

    using Values = std::vector<std::string>;
};

TEST_F(RecordTablePage, ReadsAMetricInBothDirections) {
    EXPECT_EQ(values(table().by_metric("a", {.limit = 4})), (Values{"a0", "a1", "a2", "a3"}));
    EXPECT_EQ(values(table().by_metric("a", {.forward = false, .limit = 3})),
              (Values{"a9", "a8", "a7"}));
}

TEST_F(RecordTablePage, TakesBothEndsOfARangeIn) {
    EXPECT_EQ(values(table().by_metric("a", {.from = time(3), .to = time(5)})),
              (Values{"a3", "a4", "a5"}));
    EXPECT_EQ(values(table().by_metric("a", {.from = time(3), .to = time(5), .forward = false})),
              (Values{"a5", "a4", "a3"}));
    EXPECT_EQ(values(table().by_metric("a", {.from = time(5), .to = time(3)})), Values{});
}

TEST_F(RecordTablePage, HasNothingOfAnUnheardMetricOrProject) {
    EXPECT_TRUE(table().by_metric("c", {}).value().empty());
    EXPECT_TRUE(table().by_project("c", {}, std::nullopt).value().empty());
}

TEST_F(RecordTablePage, ReadsAProjectByDateThenMetric) {
    EXPECT_EQ(values(table().by_project("churn", {.from = time(2), .to = time(4)}, std::nullopt)),
              (Values{"a2", "a3", "b3", "a4"}));
    EXPECT_EQ(values(table().by_project("churn", {.from = time(2), .to = time(4), .forward = false},
                                        std::nullopt)),
              (Values{"a4", "b3", "a3", "a2"}));
}

TEST_F(RecordTablePage, GoesOnBehindAKeyOfAProject) {
    EXPECT_EQ(values(table().by_project("churn", {.limit = 2}, RecordKey{"a", time(3)})),
              (Values{"b3", "a4"}));
    EXPECT_EQ(values(table().by_project("churn", {.limit = 2}, RecordKey{"b", time(3)})),
              (Values{"a4", "a5"}));
    EXPECT_EQ(values(table().by_project("churn", {.forward = false, .limit = 2},
                                        RecordKey{"b", time(3)})),
              (Values{"a3", "a2"}));
    EXPECT_EQ(values(table().by_project("churn", {.limit = 2}, RecordKey{"unheard", time(3)})),
              (Values{"a4", "a5"}));
}

TEST_F(RecordTablePage, ReadsOnFromHourToHour) {
    Values all;
    for (int hour = 0; hour < 5; ++hour) {
        for (const auto* environment : {"dev", "prod"}) {
            auto one = of_series(record("2026-11-22 10:30:00", std::to_string(hour)),
                                 {"m", "hours", environment, "1"});
            one.extraction_date += std::chrono::hours(hour * hour);
            if (environment == std::string("prod")) one.extraction_date -= std::chrono::minutes(7);
            put_one(one);
            all.push_back("m" + one.value.to_string());
        }
    }
    move_all();
    for (const bool forward : {true, false}) {
        for (std::size_t limit = 1; limit <= 10; ++limit) {
            const Values expected(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(limit));
            EXPECT_EQ(values(table().by_metric("m", {.forward = forward, .limit = limit})),
                      expected);
            EXPECT_EQ(values(table().by_project("hours", {.forward = forward, .limit = limit},
                                                std::nullopt)),
                      expected);
        }
        std::ranges::reverse(all);
    }
}

TEST_F(RecordTablePage, ScansEveryRecordOnceWhateverThePageSize) {
    const auto all = values(table().scan(std::nullopt, {}, 100));
    EXPECT_EQ(all,
              (Values{"a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b3", "b4"}));
    for (std::size_t limit = 1; limit < 13; ++limit) {
        Values paged;
        std::optional<RecordKey> after;
        for (auto page = table().scan(after, {}, limit).value(); !page.empty();
             page = table().scan(after, {}, limit).value()) {
            EXPECT_LE(page.size(), limit);
            after = RecordKey{page.back().series.metric_name, page.back().extraction_date};
            for (auto& value : values(page)) paged.push_back(std::move(value));
        }
        EXPECT_EQ(paged, all) << limit;
    }
}

TEST_F(RecordTablePage, ScansInDisjointSegments) {
    EXPECT_EQ(values(table().scan(std::nullopt, {.index = 1, .total = 2}, 100)).size(), 10U);
    EXPECT_EQ(values(table().scan(std::nullopt, {.index = 0, .total = 2}, 100)),
              (Values{"b3", "b4"}));
    EXPECT_TRUE(table().scan(std::nullopt, {.index = 7, .total = 1'000'000}, 100).value().empty());
}

TEST_F(RecordTablePage, DoesNotScanOnBehindAMetricThatNeverWas) {
    EXPECT_EQ(table().scan(RecordKey{"c", time(0)}, {}, 1).error().kind, ErrorKind::not_found);
}

TEST_F(RecordTablePage, CountsRecordsWhereverTheyStand) {
    EXPECT_EQ(table().count().value(), 12);
    move_all();
    EXPECT_EQ(table().count().value(), 12);
}

}  // namespace
}  // namespace dsdash::embedded
