#include "items/record_item.hpp"

#include <gtest/gtest.h>

namespace dsdash::items {
namespace {

/// What the Python reference's archive stores.
Item row() {
    return parse_json_object(R"({"MetricName":{"S":"Jobs"},)"
                             R"("ExtractionDate":{"S":"2022-03-01 10:00:00.123456"},)"
                             R"("MetricValue":{"N":"3"},"Metadata":{"M":{}},)"
                             R"("Environment":{"S":"dev"},"ProjectName":{"S":"Project1"}})")
        .value();
}

std::string refusal(const Item& item) {
    const auto record = record_of(item);
    return record ? "" : record.error().message;
}

TEST(RecordItem, OfTheReferenceIsARecordWithoutAccount) {
    const auto record = record_of(row()).value();
    EXPECT_EQ(record.series, (SeriesKey{"Jobs", "Project1", "dev", ""}));
    EXPECT_EQ(format_extraction_date(record.extraction_date), "2022-03-01 10:00:00.123456");
    EXPECT_EQ(record.value, Decimal(3));
    EXPECT_EQ(record.event_id, "");
    EXPECT_EQ(json::serialize(to_item(record)), json::serialize(row()));
}

TEST(RecordItem, MayHoldItsNumberAsAString) {
    auto item = row();
    item["MetricValue"] = string_value("0.50");
    EXPECT_EQ(record_of(item)->value.to_string(), "0.5");
    item["MetricValue"] = string_value("Alice");
    EXPECT_TRUE(refusal(item).starts_with("MetricValue: ")) << refusal(item);
    item["MetricValue"] = json::object{{"NULL", true}};
    EXPECT_TRUE(refusal(item).starts_with("MetricValue: ")) << refusal(item);
}

TEST(RecordItem, MayLackMetadataAndHaveMore) {
    auto item = row();
    item["Metadata"] = json::object{{"NULL", true}};
    item["Note"] = json::object{{"BOOL", true}};
    EXPECT_EQ(record_of(item)->metadata, "{}");
    item.erase("Metadata");
    EXPECT_EQ(record_of(item)->metadata, "{}");
    item["Metadata"] = string_value("none");
    EXPECT_EQ(refusal(item), "Metadata: must be a map");
}

TEST(RecordItem, NamesWhatIsMissingOrMalformed) {
    for (const auto* name :
         {"MetricName", "ExtractionDate", "MetricValue", "Environment", "ProjectName"}) {
        auto item = row();
        item.erase(name);
        EXPECT_TRUE(refusal(item).starts_with(name)) << refusal(item);
        for (const auto* value : {"7", "[]", "{}", R"({"S":7})", R"({"L":[]})", "null"}) {
            item[name] = parse_json(value).value();
            EXPECT_TRUE(refusal(item).starts_with(name)) << refusal(item);
        }
    }
    auto item = row();
    item["OriginalExtractionDate"] = string_value("yesterday");
    EXPECT_TRUE(refusal(item).starts_with("OriginalExtractionDate: ")) << refusal(item);
}

}  // namespace
}  // namespace dsdash::items
