#include "aws/dynamodb_hub_state.hpp"

#include <gtest/gtest.h>

#include "items/state_item.hpp"
#include "services/testing/fake_aws_api.hpp"

namespace dsdash::aws {
namespace {

ExtractionReport report() {
    return {.account_id = "222222222222",
            .project_name = "churn",
            .environment = "dev",
            .fetch_id = "f-1",
            .time = parse_extraction_date("2026-11-23 12:00:00.000000").value(),
            .metrics = {"Jobs"},
            .failures = {{"Other", "denied"}},
            .duration_ms = 5};
}

QuarantinedEvent quarantined(std::string detail) {
    return {.event = {.id = "e-1",
                      .source = "metric_extractor",
                      .detail_type = "metric_extractor",
                      .account = AccountId::parse("222222222222").value(),
                      .region = Region::parse("eu-west-1").value(),
                      .time = report().time,
                      .resources = {},
                      .detail = std::move(detail)},
            .reason = "no number",
            .time = report().time};
}

class DynamoDbHubStateTest : public testing::Test {
  protected:
    DynamoDbHubStateTest() {
        api_.on("dynamodb:PutItem", [](const auto&) { return json::object{}; });
    }
    json::object put() const { return api_.inputs_of("dynamodb:PutItem").at(0); }
    json::object item_put() const { return put().at("Item").as_object(); }

    FakeAwsApi api_;
    DynamoDbHubState state_{api_};
};

TEST_F(DynamoDbHubStateTest, PutsAReportUnlessANewerOneIsThere) {
    ASSERT_TRUE(state_.put_report(report()));
    EXPECT_EQ(put().at("TableName").as_string(), "ds-dashboard-hub-state");
    EXPECT_EQ(put().at("ConditionExpression").as_string(),
              "attribute_not_exists(StateKey) OR ReportDate <= :date");
    EXPECT_EQ(put().at("Item").as_object(), items::report_item(report()));
}

TEST_F(DynamoDbHubStateTest, TakesAFailedConditionAsKept) {
    api_.script("dynamodb:PutItem",
                {fail(ErrorKind::conflict, "", "ConditionalCheckFailedException")});
    EXPECT_TRUE(state_.put_report(report()));
    EXPECT_TRUE(state_.quarantine(quarantined("{}")));
}

TEST_F(DynamoDbHubStateTest, HandsOnOtherConflicts) {
    api_.script("dynamodb:PutItem",
                {fail(ErrorKind::conflict, "", "TransactionConflictException")});
    EXPECT_FALSE(state_.put_report(report()));
    EXPECT_FALSE(state_.quarantine(quarantined("{}")));
}

TEST_F(DynamoDbHubStateTest, KeepsThePongOfTheLatestPing) {
    const Pong pong{"222222222222", "p", report().time, report().time + std::chrono::seconds(1)};
    ASSERT_TRUE(state_.put_pong(pong));
    EXPECT_EQ(put().at("ConditionExpression").as_string(),
              "attribute_not_exists(StateKey) OR PingDate < :date");
    EXPECT_EQ(item_put(), items::pong_item(pong));
    api_.on("dynamodb:Query", [&](const auto&) {
        return json::object{{"Items", json::array{items::pong_item(pong), items::pong_item(pong)}}};
    });
    const auto pongs = state_.pongs();
    ASSERT_TRUE(pongs);
    ASSERT_EQ(pongs->size(), 2U);
    EXPECT_EQ(pongs->at(0).ping_date, pong.ping_date);
    EXPECT_EQ(pongs->at(0).date, pong.date);
}

TEST_F(DynamoDbHubStateTest, KeepsAnEventOnceByItsId) {
    ASSERT_TRUE(state_.quarantine(quarantined(R"({"MetricValue":"Alice"})")));
    EXPECT_EQ(put().at("ConditionExpression").as_string(), "attribute_not_exists(StateKey)");
    const auto item = item_put();
    EXPECT_EQ(items::text_at(item, "SortKey", "S"), "e-1");
    EXPECT_NE(items::text_at(item, "Event", "S").find("Alice"), std::string::npos);
}

TEST_F(DynamoDbHubStateTest, LeavesOutADetailThatNoItemCanHold) {
    const auto detail = R"({"MetricName":")" + std::string(400'000, 'm') + R"("})";
    ASSERT_TRUE(state_.quarantine(quarantined(detail)));
    const auto item = item_put();
    EXPECT_LT(json::serialize(item).size(), 1'000U);
    EXPECT_EQ(items::text_at(item, "Reason", "S"),
              "no number (its detail of 400017 bytes is left out)");
}

TEST_F(DynamoDbHubStateTest, ReadsReportsFromEveryPage) {
    json::object first{{"Items", json::array{items::report_item(report())}},
                       {"LastEvaluatedKey", object_of(R"({"SortKey":{"S":"222222222222"}})")}};
    json::object second{{"Items", json::array{items::report_item(report())}}};
    api_.script("dynamodb:Query", {first, second});
    const auto reports = state_.reports();
    ASSERT_TRUE(reports);
    ASSERT_EQ(reports->size(), 2U);
    EXPECT_EQ(reports->at(1).failures.at(0).reason, "denied");
}

TEST_F(DynamoDbHubStateTest, NamesAnItemThatIsNoReport) {
    api_.script("dynamodb:Query", {object_of(R"({"Items":[{"SortKey":{"S":"x"}}]})")});
    const auto reports = state_.reports();
    ASSERT_FALSE(reports);
    EXPECT_EQ(reports.error().kind, ErrorKind::internal);
    EXPECT_NE(reports.error().message.find("\"x\""), std::string::npos);
}

}  // namespace
}  // namespace dsdash::aws
