#include "endpoint/dynamodb/operations.hpp"
#include "endpoint/dynamodb/testing/dynamodb_fixture.hpp"

namespace dsdash::endpoint::dynamodb {
namespace {

using Write = DynamoDbFixture;

TEST_F(Write, PutsAnItemAndGetsItBack) {
    put("m", 1, "0010.500");
    const auto output = output_of("GetItem", R"("Key":)" + key("m", 1));
    EXPECT_EQ(json::serialize(output.at("Item")), item("m", 1, "10.5"));
}

TEST_F(Write, GetsNothingWhereNothingStands) {
    EXPECT_EQ(answer_of("GetItem", R"("Key":)" + key("m", 1)), "{}");
    EXPECT_EQ(
        answer_of("GetItem", R"("Key":{"MetricName":{"S":"m"},"ExtractionDate":{"S":"never"}})"),
        "{}");
}

TEST_F(Write, ReplacesAnItemAndReturnsTheOldOne) {
    put("m", 1, "1");
    const auto output = output_of(
        "PutItem", fmt::format(R"("Item":{},"ReturnValues":"ALL_OLD")", item("m", 1, "2")));
    EXPECT_EQ(output.at("Attributes").at("MetricValue").at("N"), "1");
    EXPECT_EQ(output_of("GetItem", R"("Key":)" + key("m", 1)).at("Item").at("MetricValue").at("N"),
              "2");
}

TEST_F(Write, PutsOnlyWhereTheConditionIsMet) {
    const auto put_if = [&](std::string_view value, std::string_view condition) {
        return answer_of("PutItem", fmt::format(R"("Item":{},"ConditionExpression":"{}")",
                                                item("m", 1, value), condition));
    };
    EXPECT_EQ(put_if("1", "attribute_not_exists(MetricName)"), "{}");
    EXPECT_EQ(put_if("2", "attribute_not_exists(MetricName)"), "ConditionalCheckFailedException");
    EXPECT_EQ(put_if("3", "attribute_exists(MetricName)"), "{}");
    EXPECT_EQ(output_of("GetItem", R"("Key":)" + key("m", 1)).at("Item").at("MetricValue").at("N"),
              "3");
    EXPECT_EQ(
        message_of(
            "PutItem",
            fmt::format(R"~("Item":{},"ConditionExpression":"attribute_not_exists(MetricName)")~",
                        item("m", 1, "4"))),
        "The conditional request failed");
}

TEST_F(Write, ChecksAConditionAgainstTheItemThatStandsThere) {
    put("m", 1, "5");
    const auto put_below = [&](std::string_view limit) {
        return answer_of("PutItem",
                         fmt::format(R"("Item":{},"ConditionExpression":"MetricValue < :v",)"
                                     R"("ExpressionAttributeValues":{{":v":{{"N":"{}"}}}})",
                                     item("m", 1, "6"), limit));
    };
    EXPECT_EQ(put_below("5"), "ConditionalCheckFailedException");
    EXPECT_EQ(put_below("5.5"), "{}");
}

TEST_F(Write, ShowsTheItemThatFailedACondition) {
    put("m", 1, "5");
    const auto shown = [&](std::string_view wanted) {
        auto context = context_of(hub());
        const auto input = fmt::format(
            R"~({{"TableName":"ds-dashboard-hub-table","Item":{},"ConditionExpression":)~"
            R"~("attribute_not_exists(MetricName)","ReturnValuesOnConditionCheckFailure":"{}"}})~",
            item("m", 1, "6"), wanted);
        EXPECT_FALSE(put_item(context, parse_json_object(input).value()));
        return json::serialize(context.error_fields);
    };
    EXPECT_EQ(shown("ALL_OLD"), fmt::format(R"({{"Item":{}}})", item("m", 1, "5")));
    EXPECT_EQ(shown("NONE"), "{}");
}

TEST_F(Write, DeletesAnItem) {
    put("m", 1, "1");
    const auto output = output_of("DeleteItem", R"("ReturnValues":"ALL_OLD","Key":)" + key("m", 1));
    EXPECT_EQ(output.at("Attributes").at("MetricValue").at("N"), "1");
    EXPECT_EQ(answer_of("DeleteItem", R"("ReturnValues":"ALL_OLD","Key":)" + key("m", 1)), "{}");
    EXPECT_EQ(
        answer_of("DeleteItem",
                  R"~("ConditionExpression":"attribute_exists(MetricName)","Key":)~" + key("m", 1)),
        "ConditionalCheckFailedException");
}

TEST_F(Write, RefusesItemsThatAreNoRecords) {
    const auto refused = [&](std::string_view members) {
        return message_of("PutItem", fmt::format(R"("Item":{{{}}})", members));
    };
    EXPECT_EQ(refused(R"("ExtractionDate":{"S":"2026-11-23 10:00:00"})"),
              "One or more parameter values were invalid: Missing the key MetricName in the item");
    EXPECT_EQ(refused(R"("MetricName":{"N":"1"},"ExtractionDate":{"S":"x"})"),
              "One or more parameter values were invalid: Type mismatch for key MetricName "
              "expected: S actual: N");
    EXPECT_EQ(refused(R"("MetricName":{"S":""},"ExtractionDate":{"S":"x"})"),
              "One or more parameter values are not valid. The AttributeValue for a key attribute "
              "cannot contain an empty string value. Key: MetricName");
    EXPECT_EQ(refused(R"("MetricName":{"S":"m"},"ExtractionDate":{"S":"x"},)"
                      R"("ProjectName":{"N":"1"})"),
              "One or more parameter values were invalid: Type mismatch for Index Key ProjectName "
              "Expected: S Actual: N IndexName: ProjectName-ExtractionDate-index");
    EXPECT_EQ(refused(R"("MetricName":{"S":"m"},"ExtractionDate":{"S":"x"})"),
              "One or more parameter values were invalid: A metric record needs the attribute "
              "MetricValue");
    EXPECT_EQ(hub().metric_table().count().value(), 0);
}

TEST_F(Write, RefusesAnItemOfMoreThan400Kilobytes) {
    auto big = parse_json_object(item("m", 1, "1")).value();
    big["Metadata"] =
        json::object{{"M", json::object{{"x", json::object{{"S", std::string(400 * 1024, 'x')}}}}}};
    EXPECT_EQ(message_of("PutItem", R"("Item":)" + json::serialize(big)),
              "Item size has exceeded the maximum allowed size");
}

TEST_F(Write, RefusesMalformedRequests) {
    EXPECT_EQ(refusal("PutItem", "{}").message,
              "1 validation error detected: Value null at 'item' failed to satisfy constraint: "
              "Member must not be null");
    EXPECT_EQ(message_of("PutItem", R"("Item":{},"ReturnValues":"ALL_NEW")"),
              "ReturnValues can only be ALL_OLD or NONE");
    EXPECT_EQ(message_of("PutItem", R"("Item":{},"ReturnValues":"SOME")"),
              "1 validation error detected: Value 'SOME' at 'returnValues' failed to satisfy "
              "constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, "
              "NONE, UPDATED_NEW]");
    EXPECT_EQ(message_of("PutItem", R"("Item":{},"Expected":{})"),
              "Expected is not supported here; use an expression instead");
    EXPECT_EQ(answer("PutItem", R"({"TableName":5,"Item":{}})"), "SerializationException");
    EXPECT_EQ(answer_of("PutItem", R"("Item":[])"), "SerializationException");
    EXPECT_EQ(answer_of("PutItem", R"("Item":{"MetricName":"m"})"), "SerializationException");
    EXPECT_EQ(message_of("PutItem", R"("Item":{},"ExpressionAttributeValues":{":v":{"S":"x"}})"),
              "ExpressionAttributeValues can only be specified when using expressions: "
              "ConditionExpression is null");
    EXPECT_EQ(message_of("PutItem", R"("Item":{},"ConditionExpression":"a =")"),
              R"(Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "=")");
    EXPECT_EQ(message_of("PutItem",
                         R"~("Item":{},"ConditionExpression":"attribute_exists(MetricName.x)")~"),
              "Key attributes must be scalars; list random access '[]' and map lookup '.' are not "
              "allowed: Key: MetricName");
}

TEST_F(Write, AnswersNotFoundForATableThatIsNotThere) {
    EXPECT_EQ(answer("PutItem", R"({"TableName":"other","Item":{}})"), "ResourceNotFoundException");
    ASSERT_TRUE(hub().metric_table().drop(false));
    EXPECT_EQ(message_of("PutItem", R"("Item":)" + item("m", 1, "1")),
              "Requested resource not found");
}

TEST_F(Write, KeepsTheStateTableReadOnly) {
    EXPECT_EQ(refusal("PutItem", R"({"TableName":"ds-dashboard-hub-state","Item":{}})").message,
              "ds-dashboard-hub-state is read-only through the API: the functions of the hub write "
              "it");
}

TEST_F(Write, WritesABatch) {
    put("m", 1, "1");
    const auto batch = fmt::format(
        R"({{"RequestItems":{{"ds-dashboard-hub-table":[{{"PutRequest":{{"Item":{}}}}},)"
        R"({{"PutRequest":{{"Item":{}}}}},{{"DeleteRequest":{{"Key":{}}}}}]}}}})",
        item("m", 2, "2"), item("n", 2, "3"), key("m", 1));
    EXPECT_EQ(answer("BatchWriteItem", batch), R"({"UnprocessedItems":{}})");
    EXPECT_EQ(values_in(output_of("Scan", "")), "2 3");
}

TEST_F(Write, RefusesABatchWhole) {
    const auto refused = [&](std::string_view requests) {
        const auto error = refusal(
            "BatchWriteItem",
            fmt::format(R"({{"RequestItems":{{"ds-dashboard-hub-table":[{}]}}}})", requests));
        return error.message;
    };
    const auto put_request = fmt::format(R"({{"PutRequest":{{"Item":{}}}}})", item("m", 1, "1"));
    EXPECT_EQ(refused(put_request + "," + put_request),
              "Provided list of item keys contains duplicates");
    EXPECT_EQ(refused(put_request + R"(,{"DeleteRequest":{"Key":)" + key("m", 1) + "}}"),
              "Provided list of item keys contains duplicates");
    EXPECT_EQ(refused(put_request + R"(,{"DeleteRequest":{"Key":{"MetricName":{"S":"m"}}}})"),
              "The provided key element does not match the schema");
    std::string many = put_request;
    for (int second = 2; second < 27; ++second) {
        many += fmt::format(R"(,{{"PutRequest":{{"Item":{}}}}})", item("m", second, "1"));
    }
    EXPECT_EQ(refused(many), "Too many items requested for the BatchWriteItem call");
    EXPECT_FALSE(refused("").empty());
    EXPECT_FALSE(refused("{}").empty());
    EXPECT_FALSE(refused(R"({"PutRequest":{}})").empty());
    EXPECT_FALSE(refused(R"({"PutRequest":1})").empty());
    EXPECT_FALSE(refused("1").empty());
    EXPECT_EQ(hub().metric_table().count().value(), 0);
}

TEST_F(Write, IsSeenByTheDashboard) {
    put("m", 1, "1");
    put("m", 2, "2");
    const auto latest = hub().metric_table().latest().value();
    ASSERT_EQ(latest.size(), 1U);
    EXPECT_EQ(latest.front().value.to_string(), "2");
    EXPECT_EQ(latest.front().metadata, R"({"run":2})");
}

}  // namespace
}  // namespace dsdash::endpoint::dynamodb
