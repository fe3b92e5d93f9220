#include "domain/metric_record.hpp"

#include <gtest/gtest.h>

namespace dsdash {

namespace {

constexpr std::string_view kDetail =
    R"({"MetricName":"m","MetricValue":0.10,"ExtractionDate":"2026-11-23 12:00:00.000123",)"
    R"("Metadata":{"k": 1.50},"Environment":"dev","ProjectName":"churn"})";

Event event(std::string_view source, std::string_view detail_type, std::string_view detail) {
    return Event{.id = "e-1",
                 .source = std::string(source),
                 .detail_type = std::string(detail_type),
                 .account = *AccountId::parse("222222222222"),
                 .region = *Region::parse("eu-west-1"),
                 .time = TimePoint{},
                 .resources = {},
                 .detail = std::string(detail)};
}

Event metric_event(std::string_view detail) {
    return event("metric_extractor", "metric_extractor", detail);
}

/// The sample's detail with `field` set to the JSON text `value`, or taken away.
std::string detail_with(std::string_view field, std::string_view value) {
    auto object = *parse_json_object(kDetail);
    const json::string_view key(field.data(), field.size());
    if (value.empty()) {
        object.erase(key);
    } else {
        object[key] = *parse_json(value);
    }
    return json::serialize(object);
}

std::string refusal(std::string_view field, std::string_view value) {
    const auto record = parse_metric_event(metric_event(detail_with(field, value)));
    return record ? "accepted" : record.error().message;
}

}  // namespace

TEST(MetricEvent, HasTheSourceTheTypeAndAMetricName) {
    EXPECT_TRUE(is_metric_event(metric_event(kDetail)));
    EXPECT_TRUE(is_metric_event(metric_event(R"({"x":{},"MetricName":null})")));
    EXPECT_TRUE(is_metric_event(metric_event(R"({"Metric\u004eame":"m"})")));
    EXPECT_FALSE(is_metric_event(metric_event("{}")));
    EXPECT_FALSE(is_metric_event(metric_event(R"({"x":{"MetricName":"m"},"y":"MetricName"})")));
    EXPECT_FALSE(is_metric_event(event("metric_fetch", "metric_fetch", kDetail)));
    EXPECT_FALSE(is_metric_event(event("metric_extractor", "other", kDetail)));
    EXPECT_FALSE(is_metric_event(event("ds-dashboard", "metric_extractor", kDetail)));
}

TEST(FetchEvent, HasTwoForms) {
    EXPECT_TRUE(is_fetch_event(metric_event("{}")));
    EXPECT_TRUE(is_fetch_event(metric_event(R"({"FetchId":"f"})")));
    EXPECT_TRUE(is_fetch_event(event("metric_fetch", "metric_fetch", "{}")));
    EXPECT_FALSE(is_fetch_event(event("metric_fetch", "other", "{}")));
    EXPECT_FALSE(is_fetch_event(event("ds-dashboard", "extraction_report", "{}")));
}

TEST(FetchEvent, IsNeverAMetricEventToo) {
    for (const auto* detail :
         {"{}", R"({"MetricName":"m"})", R"({"MetricName":null})", kDetail.data()}) {
        for (const auto* source : {"metric_extractor", "metric_fetch"}) {
            const auto any = event(source, source, detail);
            EXPECT_NE(is_metric_event(any), is_fetch_event(any)) << source << " " << detail;
        }
    }
}

TEST(MetricRecord, IsReadExactly) {
    const auto record = parse_metric_event(metric_event(kDetail));
    ASSERT_TRUE(record) << record.error().message;
    EXPECT_EQ(record->series, (SeriesKey{"m", "churn", "dev", "222222222222"}));
    EXPECT_EQ(record->value.to_string(), "0.1");
    EXPECT_EQ(format_extraction_date(record->extraction_date), "2026-11-23 12:00:00.000123");
    EXPECT_EQ(record->metadata, R"({"k": 1.50})");
    EXPECT_EQ(record->event_id, "e-1");
    EXPECT_FALSE(record->original_extraction_date);
}

TEST(MetricRecord, KeepsEveryDigitOfItsValue) {
    const std::string digits = "1234567890.1234567890123456789012345678";
    for (const auto& value : {digits, '"' + digits + '"'}) {
        std::string detail(kDetail);
        detail.replace(detail.find("0.10"), 4, value);
        EXPECT_EQ(parse_metric_event(metric_event(detail))->value.to_string(), digits);
    }
}

TEST(MetricRecord, HasEmptyMetadataWhereTheSpokeGivesNone) {
    EXPECT_EQ(parse_metric_event(metric_event(detail_with("Metadata", "")))->metadata, "{}");
    EXPECT_EQ(parse_metric_event(metric_event(detail_with("Metadata", "null")))->metadata, "{}");
}

TEST(MetricRecord, TakesWhatPythonWritesForAWholeSecond) {
    const auto detail = detail_with("ExtractionDate", "\"2026-11-23 12:00:00\"");
    EXPECT_EQ(format_extraction_date(parse_metric_event(metric_event(detail))->extraction_date),
              "2026-11-23 12:00:00.000000");
}

TEST(MetricRecord, NamesTheFieldThatIsWrong) {
    for (const auto* field : {"MetricName", "ProjectName", "Environment"}) {
        EXPECT_EQ(refusal(field, ""), std::string(field) + " must be a string");
        EXPECT_EQ(refusal(field, "5"), std::string(field) + " must be a string");
        EXPECT_EQ(refusal(field, "\"\""), std::string(field) + " must be 1 to 1024 bytes long");
        EXPECT_EQ(refusal(field, '"' + std::string(1024, 'x') + '"'), "accepted");
        EXPECT_EQ(refusal(field, '"' + std::string(1025, 'x') + '"'),
                  std::string(field) + " must be 1 to 1024 bytes long");
    }
    EXPECT_EQ(refusal("ExtractionDate", ""), "ExtractionDate must be a string");
    EXPECT_TRUE(refusal("ExtractionDate", "\"now\"").starts_with("ExtractionDate "));
    for (const auto* value : {"\"aValue\"", "\"\"", "null", "true", "{}", "[1]", "\"NaN\""}) {
        EXPECT_EQ(refusal("MetricValue", value),
                  "MetricValue must be a number: not a decimal number")
            << value;
    }
    EXPECT_EQ(refusal("MetricValue", ""), "MetricValue must be a number: not a decimal number");
    EXPECT_TRUE(refusal("MetricValue", "\"1e126\"").contains("E+125"));
    EXPECT_EQ(refusal("Metadata", "[]"), "Metadata must be an object");
    EXPECT_EQ(refusal("Metadata", "\"{}\""), "Metadata must be an object");
    EXPECT_EQ(refusal("Metadata", R"({"a":)" + std::string(40, '[') + std::string(40, ']') + "}"),
              "Metadata is nested deeper than 31 levels");
    EXPECT_EQ(refusal("Metadata", R"({"a":")" + std::string(400 * 1024, 'x') + R"("})"),
              "Metadata is larger than 401408 bytes");
}

TEST(MetricRecord, IsRefusedWhenTheDetailIsNotJson) {
    for (const auto* detail :
         {"", "{", R"({"MetricName":"m","MetricValue":NaN})", "{\"a\":\"\xFF\"}"}) {
        const auto record = parse_metric_event(metric_event(detail));
        ASSERT_FALSE(record) << detail;
        EXPECT_TRUE(record.error().message.starts_with("detail is malformed: not JSON"));
    }
    for (std::size_t cut = 0; cut < kDetail.size(); ++cut) {
        EXPECT_FALSE(parse_metric_event(metric_event(kDetail.substr(0, cut)))) << cut;
    }
}

TEST(MetricRecord, LastOfDuplicateFieldsCounts) {
    std::string detail(kDetail);
    detail.insert(1, R"("MetricValue":"x","Metric\u004eame":5,)");
    const auto record = parse_metric_event(metric_event(detail));
    ASSERT_TRUE(record);
    EXPECT_EQ(record->series.metric_name, "m");
}

TEST(MetricRecord, ReadsBackTheDetailItIsWrittenAs) {
    auto record = *parse_metric_event(metric_event(kDetail));
    record.series.metric_name = "quote\"d \xC3\xA9";
    record.value = *Decimal::parse("-1E-130");
    const auto again = parse_metric_event(metric_event(metric_event_detail(record)));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->series, record.series);
    EXPECT_EQ(again->value, record.value);
    EXPECT_EQ(again->extraction_date, record.extraction_date);
    EXPECT_EQ(again->metadata, record.metadata);
}

}  // namespace dsdash
