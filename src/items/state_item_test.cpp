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

TEST(ReportItem, ComesBackAsItWas) {
    const auto read = report_of(report_item(report())).value();
    EXPECT_EQ(json::serialize(report_item(read)), json::serialize(report_item(report())));
    EXPECT_EQ(read.metrics, report().metrics);
    EXPECT_EQ(read.failures.at(0).reason, "denied");
    EXPECT_EQ(read.duration_ms, 5);
    EXPECT_EQ(read.time, report().time);
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
