#include "items/state_item.hpp"

#include <gtest/gtest.h>

namespace dsdash::items {
namespace {

ExtractionReport report() {
    return {.account_id = "222222222222",
            .project_name = "churn",
            .environment = "dev",
            .fetch_id = "f-1",
            .time = parse_extraction_date("2026-11-23 12:00:00.000000").value(),
            .metrics = {"Jobs", "Other"},
            .failures = {{"Other", "denied"}},
            .duration_ms = 5};
}

TEST(SeriesSortKey, KeepsNamesApart) {
    EXPECT_EQ(series_sort_key({"Jobs", "churn", "dev", "222222222222"}),
              "churn#dev#222222222222#Jobs");
    EXPECT_EQ(series_sort_key({"m", "a#b", "c", ""}), "a%23b#c##m");
    EXPECT_NE(series_sort_key({"m", "a#b", "c", ""}), series_sort_key({"m", "a", "b#c", ""}));
    EXPECT_NE(series_sort_key({"m", "a#b", "c", ""}), series_sort_key({"m", "a%23b", "c", ""}));
}

TEST(LatestItem, ComesBackAsItWas) {
    LatestRecord latest;
    latest.series = {"Jobs", "churn", "dev", "222222222222"};
    latest.extraction_date = report().time;
    EXPECT_EQ(latest_item(latest).at("PreviousDate1"), null_value());
    EXPECT_TRUE(latest_of(latest_item(latest)).value().previous_dates.empty());
    latest.previous_dates = {report().time - std::chrono::hours(1),
                             report().time - std::chrono::hours(2)};
    const auto read = latest_of(latest_item(latest)).value();
    EXPECT_EQ(read.series, latest.series);
    EXPECT_EQ(read.extraction_date, latest.extraction_date);
    EXPECT_EQ(read.previous_dates, latest.previous_dates);
}

TEST(LatestItem, ReadsPreviousDatesUpToWhatIsNoDate) {
    LatestRecord latest;
    latest.series = {"Jobs", "churn", "dev", ""};
    latest.previous_dates.assign(kPreviousDatesMax, report().time);
    for (const auto* bad : {R"({"S":"yesterday"})", R"({"NULL":true})", R"({"N":"3"})", "3"}) {
        auto item = latest_item(latest);
        item["PreviousDate3"] = parse_json(bad).value();
        EXPECT_EQ(latest_of(item).value().previous_dates.size(), 2U) << bad;
    }
}

TEST(LatestItem, WithoutPreviousDatesIsAsTheArchiveWroteThemOnce) {
    LatestRecord latest;
    latest.series = {"Jobs", "churn", "dev", ""};
    auto item = latest_item(latest);
    for (const auto name : kPreviousDates) item.erase(name);
    EXPECT_TRUE(latest_of(item).value().previous_dates.empty());
}

TEST(ReportItem, ComesBackAsItWas) {
    const auto read = report_of(report_item(report())).value();
    EXPECT_EQ(json::serialize(report_item(read)), json::serialize(report_item(report())));
    EXPECT_EQ(read.metrics, report().metrics);
    EXPECT_EQ(read.failures.at(0).reason, "denied");
    EXPECT_EQ(read.duration_ms, 5);
    EXPECT_EQ(read.time, report().time);
}

TEST(PongItem, ComesBackAsItWas) {
    const auto date = parse_extraction_date("2026-11-23 12:00:00.000012").value();
    const auto pong = pong_of(pong_item({"222222222222", "p", date, date + std::chrono::days(1)}));
    ASSERT_TRUE(pong);
    EXPECT_EQ(pong->account_id, "222222222222");
    EXPECT_EQ(pong->ping_id, "p");
    EXPECT_EQ(pong->ping_date, date);
    EXPECT_EQ(pong->date, date + std::chrono::days(1));
    EXPECT_FALSE(pong_of({{"AccountId", string_value("222222222222")}}));
}

TEST(QuarantineItem, ComesBackAsItWas) {
    const auto date = parse_extraction_date("2026-11-23 12:00:00.000012").value();
    const QuarantinedEvent quarantined{
        .event = {.id = "e-1",
                  .source = "metric_extractor",
                  .detail_type = "metric_extractor",
                  .account = AccountId::parse("222222222222").value(),
                  .region = Region::parse("eu-west-1").value(),
                  .time = date,
                  .resources = {},
                  .detail = R"({"MetricName":1})"},
        .reason = "no name",
        .time = date};
    const auto read = quarantined_of(quarantine_item(quarantined));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->event.detail, quarantined.event.detail);
    EXPECT_EQ(read->reason, "no name");
    EXPECT_EQ(read->time, date);
    EXPECT_FALSE(quarantined_of({{"Event", string_value("{}")}}));
}

TEST(ReportItem, WithoutAccountOrDateIsNone) {
    for (const auto* name : {"AccountId", "ReportDate"}) {
        auto item = report_item(report());
        item.erase(name);
        const auto read = report_of(item);
        ASSERT_FALSE(read);
        EXPECT_NE(read.error().message.find(name), std::string::npos);
    }
}

TEST(ReportItem, ReadsWhatIsOfAnotherTypeAsEmpty) {
    for (const auto* value : {"7", "[]", "{}", R"({"L":7})", R"({"L":[7,{"M":7},{"S":7}]})"}) {
        auto item = report_item(report());
        for (const auto* name : {"Metrics", "Failures", "DurationMs"}) {
            item[name] = parse_json(value).value();
        }
        const auto read = report_of(item);
        ASSERT_TRUE(read) << value;
        EXPECT_TRUE(read->failures.empty()) << value;
        EXPECT_EQ(read->duration_ms, 0) << value;
    }
}

}  // namespace
}  // namespace dsdash::items
