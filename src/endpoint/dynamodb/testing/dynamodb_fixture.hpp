#pragma once

#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/state_table.hpp"
#include "endpoint/testing/operation_fixture.hpp"

/// A hub with both tables deployed, for tests of DynamoDB's operations.
namespace dsdash::endpoint::dynamodb {

class DynamoDbFixture : public OperationFixture {
  protected:
    DynamoDbFixture() : OperationFixture(dynamodb_service()) {
        EXPECT_TRUE(hub().metric_table().create());
        EXPECT_TRUE(hub().hub_state().create());
    }

    /// A metric record's item: value `value` of metric `metric`, `seconds` after ten o'clock.
    static std::string item(std::string_view metric, int seconds, std::string_view value,
                            std::string_view project = "churn") {
        return fmt::format(
            R"({{"MetricName":{{"S":"{}"}},"ExtractionDate":{{"S":"2026-11-23 10:00:{:02}.000000"}},)"
            R"("MetricValue":{{"N":"{}"}},"Metadata":{{"M":{{"run":{{"N":"{}"}}}}}},)"
            R"("Environment":{{"S":"dev"}},"ProjectName":{{"S":"{}"}}}})",
            metric, seconds, value, seconds, project);
    }

    static std::string key(std::string_view metric, int seconds) {
        return fmt::format(
            R"({{"MetricName":{{"S":"{}"}},"ExtractionDate":{{"S":"2026-11-23 10:00:{:02}.000000"}}}})",
            metric, seconds);
    }

    void put(std::string_view metric, int seconds, std::string_view value,
             std::string_view project = "churn") {
        EXPECT_EQ(answer_of("PutItem",
                            fmt::format(R"("Item":{})", item(metric, seconds, value, project))),
                  "{}");
    }

    /// `members` with the hub table's name, as JSON text.
    static std::string on_hub_table(std::string_view members) {
        return fmt::format(R"({{"TableName":"ds-dashboard-hub-table"{}{}}})",
                           members.empty() ? "" : ",", members);
    }

    std::string answer_of(std::string_view operation, std::string_view members) {
        return answer(operation, on_hub_table(members));
    }
    std::string message_of(std::string_view operation, std::string_view members) {
        return refusal(operation, on_hub_table(members)).message;
    }
    json::object output_of(std::string_view operation, std::string_view members) {
        return call(operation, on_hub_table(members)).value();
    }

    /// The values of an answer's items: "1 2 3".
    static std::string values_in(const json::object& output) {
        std::string values;
        for (const auto& one : output.at("Items").as_array()) {
            values += (values.empty() ? "" : " ") +
                      std::string(one.at("MetricValue").at("N").as_string());
        }
        return values;
    }
};

}  // namespace dsdash::endpoint::dynamodb
