#include "endpoint/dynamodb/testing/dynamodb_fixture.hpp"

namespace dsdash::endpoint::dynamodb {
namespace {

/// Five records of metric m (values 1-5, at as many seconds), of which the third is another
/// project's, and one of metric n.
class Read : public DynamoDbFixture {
  protected:
    Read() {
        for (int second = 1; second <= 5; ++second) {
            put("m", second, std::to_string(second), second == 3 ? "other" : "churn");
        }
        put("n", 2, "20");
    }

    json::object query(std::string_view more = "") {
        return output_of("Query",
                         fmt::format(R"("KeyConditionExpression":"MetricName = :m",)"
                                     R"("ExpressionAttributeValues":{{":m":{{"S":"m"}}}}{})",
                                     more));
    }

    static std::string dates(std::string_view condition, std::string_view values) {
        return fmt::format(R"("KeyConditionExpression":"MetricName = :m AND {}",)"
                           R"("ExpressionAttributeValues":{{":m":{{"S":"m"}},{}}})",
                           condition, values);
    }

    /// Reads page after page; the values of all, the pages separated by bars.
    std::string pages(std::string_view operation, const std::string& members) {
        std::string values;
        std::string start;
        for (int page = 0; page < 20; ++page) {
            const auto output = output_of(operation, members + start);
            values += values_in(output) + "|";
            const auto* last = output.if_contains("LastEvaluatedKey");
            if (last == nullptr) return values;
            start = R"(,"ExclusiveStartKey":)" + json::serialize(*last);
        }
        return "endless";
    }
};

TEST_F(Read, QueriesAMetricInBothDirections) {
    const auto output = query();
    EXPECT_EQ(values_in(output), "1 2 3 4 5");
    EXPECT_EQ(output.at("Count"), 5);
    EXPECT_EQ(output.at("ScannedCount"), 5);
    EXPECT_FALSE(output.contains("LastEvaluatedKey"));
    EXPECT_EQ(values_in(query(R"(,"ScanIndexForward":false)")), "5 4 3 2 1");
}

TEST_F(Read, QueriesRangesOfDates) {
    const auto selected = [&](std::string_view condition, std::string_view values) {
        return values_in(output_of("Query", dates(condition, values)));
    };
    EXPECT_EQ(selected("ExtractionDate > :d", R"(":d":{"S":"2026-11-23 10:00:03.000000"})"), "4 5");
    EXPECT_EQ(selected("ExtractionDate = :d", R"(":d":{"S":"2026-11-23 10:00:03.000000"})"), "3");
    EXPECT_EQ(selected("ExtractionDate = :d", R"(":d":{"S":"2026-11-23 10:00:03"})"), "3");
    EXPECT_EQ(selected("begins_with(ExtractionDate, :d)", R"(":d":{"S":"2026-11-23 10:00:0"})"),
              "1 2 3 4 5");
    EXPECT_EQ(selected("begins_with(ExtractionDate, :d)", R"(":d":{"S":"2025"})"), "");
    EXPECT_EQ(selected("ExtractionDate BETWEEN :a AND :b",
                       R"(":a":{"S":"2026-11-23 10:00:02"},":b":{"S":"2026-11-23 10:00:04"})"),
              "2 3");
}

TEST_F(Read, PagesThroughAQuery) {
    const std::string members =
        R"("KeyConditionExpression":"MetricName = :m","ExpressionAttributeValues":{":m":{"S":"m"}},)"
        R"("Limit":2)";
    EXPECT_EQ(pages("Query", members), "1 2|3 4|5|");
    EXPECT_EQ(pages("Query", members + R"(,"ScanIndexForward":false)"), "5 4|3 2|1|");
    EXPECT_EQ(pages("Query", members.substr(0, members.size() - 1) + "5"), "1 2 3 4 5||");
}

TEST_F(Read, QueriesTheIndexByProject) {
    const std::string members =
        R"("IndexName":"ProjectName-ExtractionDate-index","KeyConditionExpression":)"
        R"("ProjectName = :p","ExpressionAttributeValues":{":p":{"S":"churn"}},"Limit":2)";
    EXPECT_EQ(pages("Query", members), "1 2|20 4|5|");
    EXPECT_EQ(pages("Query", members + R"(,"ScanIndexForward":false)"), "5 4|20 2|1|");
    const auto key = output_of("Query", members).at("LastEvaluatedKey").as_object();
    EXPECT_EQ(key.size(), 3U);
    EXPECT_EQ(key.at("ProjectName").at("S"), "churn");
}

TEST_F(Read, FiltersAfterTheLimit) {
    const auto output = output_of(
        "Query",
        R"("KeyConditionExpression":"MetricName = :m","FilterExpression":"MetricValue >= :v",)"
        R"("ExpressionAttributeValues":{":m":{"S":"m"},":v":{"N":"3"}},"Limit":4)");
    EXPECT_EQ(values_in(output), "3 4");
    EXPECT_EQ(output.at("Count"), 2);
    EXPECT_EQ(output.at("ScannedCount"), 4);
    EXPECT_TRUE(output.contains("LastEvaluatedKey"));
}

TEST_F(Read, ProjectsAndCounts) {
    const auto projected = query(R"(,"ProjectionExpression":"Metadata.#r, MetricName",)"
                                 R"("ExpressionAttributeNames":{"#r":"run"},"Limit":1)");
    EXPECT_EQ(json::serialize(projected.at("Items")),
              R"([{"Metadata":{"M":{"run":{"N":"1"}}},"MetricName":{"S":"m"}}])");
    const auto counted = query(R"(,"Select":"COUNT")");
    EXPECT_EQ(counted.at("Count"), 5);
    EXPECT_FALSE(counted.contains("Items"));
}

TEST_F(Read, TellsTheCapacityThatItUsed) {
    const auto capacity = query(R"(,"ReturnConsumedCapacity":"TOTAL")").at("ConsumedCapacity");
    EXPECT_EQ(capacity.at("TableName"), "ds-dashboard-hub-table");
    EXPECT_EQ(capacity.at("CapacityUnits"), 0.5);
    EXPECT_FALSE(query(R"(,"ReturnConsumedCapacity":"NONE")").contains("ConsumedCapacity"));
}

TEST_F(Read, ScansEverythingInOneOrder) {
    EXPECT_EQ(values_in(output_of("Scan", "")), "1 2 3 4 5 20");
    EXPECT_EQ(pages("Scan", R"("Limit":4)"), "1 2 3 4|5 20|");
    EXPECT_EQ(values_in(output_of("Scan", R"("FilterExpression":"ProjectName = :p",)"
                                          R"("ExpressionAttributeValues":{":p":{"S":"other"}})")),
              "3");
    EXPECT_EQ(values_in(output_of("Scan", R"("Segment":0,"TotalSegments":2)")), "20");
    EXPECT_EQ(values_in(output_of("Scan", R"("Segment":1,"TotalSegments":2)")), "1 2 3 4 5");
}

TEST_F(Read, EndsAPageAtAMegabyte) {
    for (int second = 10; second < 14; ++second) {
        auto big = parse_json_object(item("big", second, "1")).value();
        big["Metadata"] = json::object{
            {"M", json::object{{"x", json::object{{"S", std::string(390 * 1024, 'x')}}}}}};
        EXPECT_EQ(answer_of("PutItem", R"("Item":)" + json::serialize(big)), "{}");
    }
    const std::string members =
        R"("KeyConditionExpression":"MetricName = :m","ExpressionAttributeValues":{":m":{"S":"big"}})";
    EXPECT_EQ(pages("Query", members), "1 1 1|1|");
}

TEST_F(Read, RefusesMalformedRequests) {
    const auto refused = [&](std::string_view members) { return message_of("Query", members); };
    EXPECT_EQ(refused(""),
              "Either the KeyConditions or KeyConditionExpression parameter must be specified in "
              "the request.");
    EXPECT_EQ(refused(R"("Limit":0)"),
              "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: "
              "Member must have value greater than or equal to 1");
    EXPECT_EQ(refused(R"("Limit":0,"Select":"X")").substr(0, 28), "2 validation errors detected");
    const std::string all =
        R"("KeyConditionExpression":"MetricName = :m","ExpressionAttributeValues":{":m":{"S":"m"}})";
    EXPECT_EQ(refused(all + R"(,"IndexName":"other")"),
              "The table does not have the specified index: other");
    EXPECT_EQ(refused(all + R"(,"IndexName":"ProjectName-ExtractionDate-index")"),
              "Query condition missed key schema element: ProjectName");
    EXPECT_EQ(refused(all + R"(,"Select":"SPECIFIC_ATTRIBUTES")"),
              "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
              "SPECIFIC_ATTRIBUTES");
    EXPECT_EQ(refused(all + R"(,"FilterExpression":"ExtractionDate > :m")"),
              "Filter Expression can only contain non-primary key attributes: Primary key "
              "attribute: ExtractionDate");
    EXPECT_EQ(refused(all + R"(,"KeyConditions":{})"),
              "KeyConditions is not supported here; use an expression instead");
    EXPECT_EQ(refused(all + R"(,"ExpressionAttributeNames":{"#x":"y"})"),
              "Value provided in ExpressionAttributeNames unused in expressions: keys: {#x}");
    EXPECT_EQ(message_of("Scan", R"("Segment":2,"TotalSegments":2)"),
              "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
              "Segment: 2 is not less than TotalSegments: 2");
    EXPECT_EQ(message_of("Scan", R"("IndexName":"ProjectName-ExtractionDate-index",)"
                                 R"("ConsistentRead":true)"),
              "Consistent reads are not supported on global secondary indexes");
}

TEST_F(Read, RefusesStartingKeysThatAreNone) {
    const auto started = [&](std::string_view start) {
        return message_of(
            "Query",
            fmt::format(R"("KeyConditionExpression":"MetricName = :m","ExpressionAttributeValues":)"
                        R"({{":m":{{"S":"m"}}}},"ExclusiveStartKey":{})",
                        start));
    };
    EXPECT_EQ(started("{}"), "The provided starting key is invalid");
    EXPECT_EQ(started(R"({"MetricName":{"S":"m"},"Other":{"S":"x"}})"),
              "The provided starting key is invalid: The provided key element does not match the "
              "schema");
    EXPECT_EQ(started(key("n", 2)),
              "The provided starting key is outside query boundaries based on provided conditions");
    EXPECT_EQ(started(R"({"MetricName":{"S":"m"},"ExtractionDate":{"S":"now"}})"),
              "The provided starting key is invalid");
    EXPECT_EQ(message_of("Scan", R"("ExclusiveStartKey":)" + key("unheard", 1)),
              "The provided starting key is invalid");
    EXPECT_EQ(
        message_of("Query", dates("ExtractionDate > :d", R"(":d":{"S":"2026-11-23 10:00:04"})") +
                                R"(,"ExclusiveStartKey":)" + key("m", 1)),
        "The provided starting key does not match the range key predicate");
}

TEST_F(Read, RefusesKeysOfAnotherShape) {
    EXPECT_EQ(message_of("GetItem", R"("Key":{"MetricName":{"S":"m"}})"),
              "The provided key element does not match the schema");
    EXPECT_EQ(message_of("GetItem", R"("Key":{"MetricName":{"S":"m"},"ExtractionDate":{"N":"1"}})"),
              "The provided key element does not match the schema");
    EXPECT_EQ(message_of("GetItem", R"("Key":{"MetricName":{"S":""},"ExtractionDate":{"S":"x"}})"),
              "One or more parameter values were invalid: The AttributeValue for a key attribute "
              "cannot contain an empty string value. Key: MetricName");
}

TEST_F(Read, ListsAndDescribesTables) {
    EXPECT_EQ(answer("ListTables", "{}"),
              R"({"TableNames":["ds-dashboard-hub-state","ds-dashboard-hub-table"]})");
    EXPECT_EQ(answer("ListTables", R"({"Limit":1})"),
              R"({"LastEvaluatedTableName":"ds-dashboard-hub-state",)"
              R"("TableNames":["ds-dashboard-hub-state"]})");
    EXPECT_EQ(
        answer("ListTables", R"({"Limit":1,"ExclusiveStartTableName":"ds-dashboard-hub-state"})"),
        R"({"TableNames":["ds-dashboard-hub-table"]})");
    const auto table = output_of("DescribeTable", "").at("Table").as_object();
    EXPECT_EQ(table.at("ItemCount"), 6);
    EXPECT_EQ(table.at("TableStatus"), "ACTIVE");
    EXPECT_EQ(table.at("TableArn"),
              "arn:aws:dynamodb:eu-west-1:111111111111:table/ds-dashboard-hub-table");
    EXPECT_EQ(json::serialize(table.at("KeySchema")),
              R"([{"AttributeName":"MetricName","KeyType":"HASH"},)"
              R"({"AttributeName":"ExtractionDate","KeyType":"RANGE"}])");
    EXPECT_EQ(table.at("GlobalSecondaryIndexes").as_array().size(), 1U);
    EXPECT_EQ(refusal("DescribeTable", R"({"TableName":"other"})").message,
              "Requested resource not found: Table: other not found");
    EXPECT_EQ(
        answer("DescribeTable", fmt::format(R"({{"TableName":"{}"}})",
                                            std::string_view(table.at("TableArn").as_string()))),
        json::serialize(output_of("DescribeTable", "")));
}

TEST_F(Read, AsksPoliciesAboutTheTableOrItsIndex) {
    EXPECT_EQ(resource("GetItem", on_hub_table("")),
              "arn:aws:dynamodb:eu-west-1:111111111111:table/ds-dashboard-hub-table");
    EXPECT_EQ(resource("Query", on_hub_table(R"("IndexName":"i")")),
              "arn:aws:dynamodb:eu-west-1:111111111111:table/ds-dashboard-hub-table/index/i");
    EXPECT_EQ(resource("ListTables", "{}"), "*");
}

class ReadState : public DynamoDbFixture {
  protected:
    ReadState() {
        put("m", 1, "1");
        put("m", 2, "2.5");
        put("n", 1, "3");
        EXPECT_TRUE(hub().hub_state().put_report({.account_id = "222222222222",
                                                  .project_name = "churn",
                                                  .environment = "dev",
                                                  .fetch_id = "f",
                                                  .time = clock_.now(),
                                                  .metrics = {"m", "n"},
                                                  .failures = {{"n", "denied"}},
                                                  .duration_ms = 12}));
        for (const auto* id : {"e1", "e2", "e3"}) {
            EXPECT_TRUE(hub().hub_state().quarantine({.event = {.id = id,
                                                                .source = "s",
                                                                .detail_type = "t",
                                                                .account = hub().id(),
                                                                .region = hub().region(),
                                                                .time = clock_.now(),
                                                                .resources = {},
                                                                .detail = "{}"},
                                                      .reason = "not registered",
                                                      .time = clock_.now()}));
        }
    }

    json::object query_state(std::string_view state_key, std::string_view more = "") {
        return call("Query",
                    fmt::format(
                        R"({{"TableName":"ds-dashboard-hub-state","KeyConditionExpression":)"
                        R"("StateKey = :k","ExpressionAttributeValues":{{":k":{{"S":"{}"}}}}{}}})",
                        state_key, more))
            .value();
    }

    static std::string sort_keys(const json::object& output) {
        std::string keys;
        for (const auto& one : output.at("Items").as_array()) {
            keys += (keys.empty() ? "" : " ") + std::string(one.at("SortKey").at("S").as_string());
        }
        return keys;
    }
};

TEST_F(ReadState, ShowsTheLatestValues) {
    const auto output = query_state("latest");
    EXPECT_EQ(sort_keys(output), "churn#dev##m churn#dev##n");
    EXPECT_EQ(output.at("Items").at(0).at("MetricValue").at("N"), "2.5");
}

TEST_F(ReadState, ShowsReports) {
    const auto output = query_state("report");
    EXPECT_EQ(json::serialize(output.at("Items").at(0)),
              R"({"StateKey":{"S":"report"},"SortKey":{"S":"222222222222"},)"
              R"("AccountId":{"S":"222222222222"},"ProjectName":{"S":"churn"},)"
              R"("Environment":{"S":"dev"},"FetchId":{"S":"f"},)"
              R"("ReportDate":{"S":"2026-11-23 12:00:00.000000"},)"
              R"("Metrics":{"L":[{"S":"m"},{"S":"n"}]},)"
              R"("Failures":{"L":[{"M":{"MetricName":{"S":"n"},"Reason":{"S":"denied"}}}]},)"
              R"("DurationMs":{"N":"12"}})");
}

TEST_F(ReadState, ShowsPongs) {
    const auto date = clock_.now();
    ASSERT_TRUE(hub().hub_state().put_pong(
        {"222222222222", "p", date, date + std::chrono::milliseconds(12)}));
    const auto output = query_state("pong");
    EXPECT_EQ(json::serialize(output.at("Items").at(0)),
              R"({"StateKey":{"S":"pong"},"SortKey":{"S":"222222222222"},)"
              R"("AccountId":{"S":"222222222222"},"PingId":{"S":"p"},)"
              R"("PingDate":{"S":"2026-11-23 12:00:00.000000"},)"
              R"("PongDate":{"S":"2026-11-23 12:00:00.012000"}})");
}

TEST_F(ReadState, PagesThroughTheQuarantine) {
    const auto first = query_state("quarantine", R"(,"Limit":2)");
    EXPECT_EQ(sort_keys(first), "e1 e2");
    EXPECT_EQ(
        sort_keys(query_state("quarantine", R"(,"Limit":2,"ExclusiveStartKey":)" +
                                                json::serialize(first.at("LastEvaluatedKey")))),
        "e3");
    EXPECT_EQ(sort_keys(query_state("quarantine", R"(,"ScanIndexForward":false)")), "e3 e2 e1");
    EXPECT_EQ(sort_keys(query_state("unheard")), "");
}

TEST_F(ReadState, ScansAllPartitionsOnce) {
    std::string keys;
    std::string start;
    for (int page = 0; page < 10; ++page) {
        const auto output =
            call("Scan", R"({"TableName":"ds-dashboard-hub-state","Limit":2)" + start + "}")
                .value();
        keys += sort_keys(output) + "|";
        if (!output.contains("LastEvaluatedKey")) break;
        start = R"(,"ExclusiveStartKey":)" + json::serialize(output.at("LastEvaluatedKey"));
    }
    EXPECT_EQ(keys, "churn#dev##m churn#dev##n|e1 e2|e3 222222222222||");
}

TEST_F(ReadState, GetsSingleItems) {
    const auto get = [&](std::string_view state_key, std::string_view sort_key) {
        return call("GetItem",
                    fmt::format(R"({{"TableName":"ds-dashboard-hub-state","Key":{{"StateKey":)"
                                R"({{"S":"{}"}},"SortKey":{{"S":"{}"}}}}}})",
                                state_key, sort_key))
            .value();
    };
    EXPECT_EQ(get("quarantine", "e2").at("Item").at("Reason").at("S"), "not registered");
    EXPECT_EQ(get("latest", "churn#dev##n").at("Item").at("MetricValue").at("N"), "3");
    EXPECT_TRUE(get("report", "nobody").empty());
    EXPECT_TRUE(get("quarantine", "e9").empty());
}

TEST_F(ReadState, CountsWhatItShows) {
    const auto table =
        call("DescribeTable", R"({"TableName":"ds-dashboard-hub-state"})").value().at("Table");
    EXPECT_EQ(table.at("ItemCount"), 6);
    EXPECT_EQ(table.as_object().if_contains("GlobalSecondaryIndexes"), nullptr);
}

}  // namespace
}  // namespace dsdash::endpoint::dynamodb
