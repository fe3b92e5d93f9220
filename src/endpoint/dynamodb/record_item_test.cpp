#include "endpoint/dynamodb/record_item.hpp"

#include <gtest/gtest.h>

namespace dsdash::endpoint::dynamodb {
namespace {

constexpr std::string_view kItem = R"({"MetricName":{"S":"m"},)"
                                   R"("ExtractionDate":{"S":"2026-11-23 10:00:00.000001"},)"
                                   R"("MetricValue":{"N":"10.5"},)"
                                   R"("Metadata":{"M":{"k":{"L":[{"N":"1.5"},{"NULL":true}]}}},)"
                                   R"("Environment":{"S":"dev"},"ProjectName":{"S":"p"},)"
                                   R"("AccountId":{"S":"222222222222"},"EventId":{"S":"e"},)"
                                   R"("OriginalExtractionDate":{"S":"2026-11-23 10:00:00.000000"},)"
                                   R"("DeliveryDelayMs":{"N":"-250"}})";

Item item() {
    return parse_json_object(kItem).value();
}

std::string refusal(const Item& bad) {
    const auto record = to_record(bad);
    return record ? "" : record.error().message;
}

TEST(RecordItem, ComesBackAsItWas) {
    EXPECT_EQ(json::serialize(to_item(to_record(item()).value())), kItem);
}

TEST(RecordItem, NeedsTheSeedsAttributesButMetadata) {
    for (const auto* name :
         {"MetricName", "ExtractionDate", "MetricValue", "Environment", "ProjectName"}) {
        auto bad = item();
        bad.erase(name);
        EXPECT_EQ(refusal(bad),
                  "One or more parameter values were invalid: A metric record needs "
                  "the attribute " +
                      std::string(name));
    }
    auto good = item();
    for (const auto* name :
         {"Metadata", "AccountId", "EventId", "OriginalExtractionDate", "DeliveryDelayMs"}) {
        good.erase(name);
    }
    EXPECT_EQ(to_record(good)->metadata, "{}");
}

TEST(RecordItem, RefusesOtherAttributesAndTypes) {
    auto bad = item();
    bad["Color"] = string_value("red");
    EXPECT_EQ(
        refusal(bad),
        "One or more parameter values were invalid: Color is no attribute of a metric record");
    bad = item();
    bad["MetricValue"] = string_value("3");
    EXPECT_EQ(refusal(bad),
              "One or more parameter values were invalid: Type mismatch for attribute MetricValue "
              "expected: N actual: S");
    bad = item();
    bad["Metadata"] = json::object{{"M", json::object{{"b", json::object{{"B", "AA=="}}}}}};
    EXPECT_EQ(refusal(bad),
              "One or more parameter values were invalid: Metadata cannot hold values of type B");
}

TEST(RecordItem, RefusesADelayThatIsNoWholeNumberOfMilliseconds) {
    for (const auto* number : {"1.5", "9e18", "9223372036854775808"}) {
        auto bad = item();
        bad["DeliveryDelayMs"] = json::object{{"N", number}};
        EXPECT_EQ(refusal(bad),
                  "One or more parameter values were invalid: DeliveryDelayMs must be a whole "
                  "number of milliseconds")
            << number;
    }
}

TEST(RecordItem, RefusesNamesAndDatesOutOfBounds) {
    auto bad = item();
    bad["ProjectName"] = string_value(std::string(1'025, 'p'));
    EXPECT_EQ(
        refusal(bad),
        "One or more parameter values were invalid: ProjectName must be 1 to 1024 bytes long");
    bad = item();
    bad["ExtractionDate"] = string_value("yesterday");
    EXPECT_TRUE(refusal(bad).starts_with(
        "One or more parameter values were invalid: ExtractionDate: a date must have the form"));
    bad = item();
    bad["OriginalExtractionDate"] = string_value("");
    EXPECT_FALSE(refusal(bad).empty());
}

}  // namespace
}  // namespace dsdash::endpoint::dynamodb
