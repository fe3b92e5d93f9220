#include "contract/contract_fixture.hpp"
#include "items/record_item.hpp"

namespace dsdash::contract_suite {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

/// DynamoDB's operations as they are, on the metric table.
class ItemContract : public Contract {
  protected:
    static Result<json::object> call(std::string_view operation, json::object input) {
        if (!input.contains("TableName")) input["TableName"] = home().tables().records;
        return home().api().call("dynamodb", operation, input);
    }
    static std::string code_of(const Result<json::object>& answer) {
        return answer ? "" : answer.error().code;
    }
    items::Item item(std::string_view value = "3") { return items::to_item(record(value)); }
    [[nodiscard]] json::object query() const {
        return {{"KeyConditionExpression", "MetricName = :metric"},
                {"ExpressionAttributeValues", {{":metric", items::string_value(own("Jobs"))}}}};
    }
    void put_seconds(int count) {
        for (int second = 0; second < count; ++second) {
            auto one = record(std::to_string(second));
            one.extraction_date += std::chrono::seconds(second);
            ASSERT_TRUE(put(one));
        }
    }
    static std::vector<std::string> values_in(const json::object& page) {
        std::vector<std::string> values;
        for (const auto& one : page.at("Items").as_array()) {
            values.push_back(items::text_at(one.as_object(), "MetricValue", "N"));
        }
        return values;
    }
};

TEST_F(ItemContract, GivesNumbersBackInTheirCanonicalForm) {
    auto one = item();
    one["MetricValue"] = items::number_value("0010.500");
    ASSERT_TRUE(call("PutItem", {{"Item", one}}));
    const auto page = call("Query", query());
    ASSERT_TRUE(page);
    EXPECT_THAT(values_in(*page), ElementsAre("10.5"));
}

TEST_F(ItemContract, WritesUnderAConditionOrNotAtAll) {
    const json::object first{{"Item", item("3")},
                             {"ConditionExpression", "attribute_not_exists(MetricName)"}};
    auto second = first;
    second["Item"] = item("4");
    ASSERT_TRUE(call("PutItem", first));
    const auto refused = call("PutItem", second);
    EXPECT_EQ(code_of(refused), "ConditionalCheckFailedException");
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    EXPECT_THAT(values_in(call("Query", query()).value()), ElementsAre("3"));
}

TEST_F(ItemContract, PagesByTheKeyOfTheLastItem) {
    put_seconds(5);
    for (const bool forward : {true, false}) {
        auto input = query();
        input["TableName"] = home().tables().records;
        input["Limit"] = 2;
        input["ScanIndexForward"] = forward;
        std::vector<std::string> values;
        ASSERT_TRUE(for_each_item(home().api(), "dynamodb", "Query", input, kItemPaging,
                                  [&](const items::Item& one) -> Result<void> {
                                      values.push_back(items::text_at(one, "MetricValue", "N"));
                                      return {};
                                  }));
        EXPECT_THAT(values, forward ? ElementsAre("0", "1", "2", "3", "4")
                                    : ElementsAre("4", "3", "2", "1", "0"));
    }
}

TEST_F(ItemContract, CountsItemsBeforeTheFilterAgainstTheLimit) {
    put_seconds(3);
    auto input = query();
    input["Limit"] = 2;
    input["FilterExpression"] = "MetricValue = :two";
    input["ExpressionAttributeValues"].as_object()[":two"] = items::number_value("2");
    const auto page = call("Query", input);
    ASSERT_TRUE(page);
    EXPECT_THAT(values_in(*page), SizeIs(0));
    EXPECT_TRUE(page->contains("LastEvaluatedKey"));
}

TEST_F(ItemContract, AnswersNotFoundForATableThatIsNotThere) {
    auto input = query();
    input["TableName"] = "ds-dashboard-contract-no-such-table";
    const auto answer = call("Query", input);
    EXPECT_EQ(code_of(answer), "ResourceNotFoundException");
    EXPECT_EQ(answer.error().kind, ErrorKind::not_found);
}

TEST_F(ItemContract, RefusesNumbersBeyondItsRange) {
    for (const auto* value : {"123456789012345678901234567890123456789", "1e126", "1e-131"}) {
        auto bad = item();
        bad["MetricValue"] = items::number_value(value);
        EXPECT_EQ(code_of(call("PutItem", {{"Item", bad}})), "ValidationException") << value;
    }
}

TEST_F(ItemContract, RefusesKeysOfAnotherType) {
    auto bad = item();
    bad["ExtractionDate"] = items::number_value("7");
    EXPECT_EQ(code_of(call("PutItem", {{"Item", bad}})), "ValidationException");
    bad.erase("ExtractionDate");
    EXPECT_EQ(code_of(call("PutItem", {{"Item", bad}})), "ValidationException");
}

TEST_F(ItemContract, RefusesItemsOfMoreThan400Kilobytes) {
    auto bad = item();
    bad["Metadata"] =
        json::object{{"M", {{"t", items::string_value(std::string(400 * 1024, 't'))}}}};
    EXPECT_EQ(code_of(call("PutItem", {{"Item", bad}})), "ValidationException");
}

TEST_F(ItemContract, RefusesAMalformedExpression) {
    for (const auto* condition : {"attribute_not_exists(", "MetricName =", ""}) {
        EXPECT_EQ(code_of(call("PutItem", {{"Item", item()}, {"ConditionExpression", condition}})),
                  "ValidationException")
            << condition;
    }
}

}  // namespace
}  // namespace dsdash::contract_suite
