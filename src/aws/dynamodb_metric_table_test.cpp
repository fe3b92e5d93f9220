#include "aws/dynamodb_metric_table.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "aws/latest_item_update.hpp"
#include "items/record_item.hpp"
#include "services/testing/fake_aws_api.hpp"

namespace dsdash::aws {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr std::string_view kDate = "2026-11-23 12:00:00.000000";

TimePoint at(std::string_view date) {
    return parse_extraction_date(date).value();
}

MetricRecord record(std::string_view value = "3", std::string_view project = "churn",
                    std::string_view event_id = "e-1") {
    return {.series = {"Jobs", std::string(project), "dev", "222222222222"},
            .extraction_date = at(kDate),
            .value = Decimal::parse(value).value(),
            .metadata = "{}",
            .event_id = std::string(event_id),
            .original_extraction_date = std::nullopt};
}

json::object page_of(const std::vector<MetricRecord>& records) {
    json::array items;
    for (const auto& one : records) items.emplace_back(items::to_item(one));
    return {{"Items", std::move(items)}};
}

std::unexpected<Error> condition_failed() {
    return fail(ErrorKind::conflict, "The conditional request failed",
                "ConditionalCheckFailedException");
}

class DynamoDbMetricTableTest : public testing::Test {
  protected:
    Result<Stored> put(const MetricRecord& one) { return table_.put({&one, 1}).front(); }

    std::vector<json::object> puts() const { return api_.inputs_of("dynamodb:PutItem"); }
    std::vector<json::object> updates() const { return api_.inputs_of("dynamodb:UpdateItem"); }
    /// The dates that UpdateItem was called with.
    std::vector<std::string> updated_dates() const {
        std::vector<std::string> dates;
        for (const auto& input : updates()) {
            dates.push_back(items::text_at(input.at("ExpressionAttributeValues").as_object(),
                                           ":ExtractionDate", "S"));
        }
        return dates;
    }

    /// Fails the condition of the metric table's puts at these dates.
    void take(std::set<std::string> dates, std::vector<MetricRecord> stored) {
        api_.on("dynamodb:PutItem",
                [dates = std::move(dates)](const json::object& input) -> Result<json::object> {
                    const auto& item = input.at("Item").as_object();
                    if (dates.contains(items::text_at(item, "ExtractionDate", "S"))) {
                        return condition_failed();
                    }
                    return json::object{};
                });
        api_.script("dynamodb:Query", {page_of(stored)});
    }

    void SetUp() override {
        api_.on("dynamodb:PutItem", [](const auto&) { return json::object{}; });
        api_.on("dynamodb:UpdateItem", [](const auto&) { return json::object{}; });
    }

    FakeAwsApi api_;
    DynamoDbMetricTable table_{api_};
};

TEST_F(DynamoDbMetricTableTest, TellsDynamoDbHowLongToKeepARecord) {
    DynamoDbMetricTable table(api_, {}, std::chrono::days(2));
    const auto one = record();
    ASSERT_TRUE(table.put({&one, 1}).front());
    EXPECT_EQ(items::text_at(puts().at(0).at("Item").as_object(), "ExpiresAt", "N"),
              "1795608000");  // 2026-11-25 12:00:00
    const auto latest = updates().at(0).at("ExpressionAttributeValues").as_object();
    EXPECT_FALSE(latest.contains(":ExpiresAt"));
}

TEST_F(DynamoDbMetricTableTest, PutsUnderTheConditionThatTheKeyIsFree) {
    EXPECT_EQ(put(record()), Stored::inserted);
    ASSERT_THAT(puts(), SizeIs(1));
    EXPECT_EQ(puts()[0].at("TableName").as_string(), "ds-dashboard-hub-table");
    EXPECT_EQ(puts()[0].at("ConditionExpression").as_string(), "attribute_not_exists(MetricName)");
    EXPECT_EQ(puts()[0].at("Item").as_object(), items::to_item(record()));
}

TEST_F(DynamoDbMetricTableTest, ReplacesAnOlderLatestAndMovesItsDatesOn) {
    EXPECT_EQ(put(record()), Stored::inserted);
    ASSERT_THAT(updates(), SizeIs(1));
    const auto update = updates()[0];
    EXPECT_EQ(update.at("TableName").as_string(), "ds-dashboard-hub-state");
    EXPECT_EQ(update.at("Key"), object_of(R"({"StateKey":{"S":"latest"},
                                              "SortKey":{"S":"churn#dev#222222222222#Jobs"}})"));
    EXPECT_EQ(update.at("ConditionExpression").as_string(),
              "attribute_not_exists(StateKey) OR ExtractionDate < :ExtractionDate");
    EXPECT_EQ(update.at("UpdateExpression").as_string(),
              "SET PreviousDate5 = if_not_exists(PreviousDate4, :unknown),"
              " PreviousDate4 = if_not_exists(PreviousDate3, :unknown),"
              " PreviousDate3 = if_not_exists(PreviousDate2, :unknown),"
              " PreviousDate2 = if_not_exists(PreviousDate1, :unknown),"
              " PreviousDate1 = if_not_exists(ExtractionDate, :unknown),"
              " MetricName = :MetricName, ExtractionDate = :ExtractionDate,"
              " MetricValue = :MetricValue, Metadata = :Metadata, Environment = :Environment,"
              " ProjectName = :ProjectName, AccountId = :AccountId, EventId = :EventId"
              " REMOVE OriginalExtractionDate, DeliveryDelayMs");
    json::object values{{":unknown", items::null_value()}};
    for (const auto& [name, value] : items::to_item(record())) {
        values[":" + std::string(name)] = value;
    }
    EXPECT_EQ(update.at("ExpressionAttributeValues"), values);
}

TEST_F(DynamoDbMetricTableTest, LeavesNothingOfAnOlderLatest) {
    auto bare = record();
    bare.series.account_id.clear();
    bare.event_id.clear();
    auto full = record();
    full.original_extraction_date = full.extraction_date;
    full.delivery_delay = std::chrono::milliseconds(7);
    const auto expression = [](const MetricRecord& one) {
        return std::string(latest_item_update("t", one).at("UpdateExpression").as_string());
    };
    for (const auto& [name, value] : items::to_item(full)) {
        const auto set = fmt::format(", {0} = :{0}", std::string_view(name));
        EXPECT_NE(expression(full).find(set), std::string::npos);
        EXPECT_TRUE(expression(bare).find(set) != std::string::npos ||
                    expression(bare).substr(expression(bare).find("REMOVE")).contains(name));
    }
    EXPECT_FALSE(expression(full).contains("REMOVE"));
}

TEST_F(DynamoDbMetricTableTest, MovesBehindOtherRecordsAndKeepsTheDate) {
    auto second = record("4", "fraud", "e-2");
    second.extraction_date = at("2026-11-23 12:00:00.000001");
    take({std::string(kDate), "2026-11-23 12:00:00.000001"}, {record("3", "risk", "e-0"), second});
    EXPECT_EQ(put(record()), Stored::moved);
    ASSERT_THAT(puts(), SizeIs(2));
    const auto item = puts()[1].at("Item").as_object();
    EXPECT_EQ(items::text_at(item, "ExtractionDate", "S"), "2026-11-23 12:00:00.000002");
    EXPECT_EQ(items::text_at(item, "OriginalExtractionDate", "S"), kDate);
    EXPECT_TRUE(api_.inputs_of("dynamodb:Query")[0].at("ConsistentRead").as_bool());
}

TEST_F(DynamoDbMetricTableTest, KnowsTheSameEventAgain) {
    take({std::string(kDate)}, {record()});
    EXPECT_EQ(put(record()), Stored::duplicate);
    EXPECT_THAT(puts(), SizeIs(1));
    EXPECT_THAT(updates(), SizeIs(1)) << "the first may have failed there";
}

TEST_F(DynamoDbMetricTableTest, KnowsTheSameValueAgainWhereItMoved) {
    auto moved = record("3", "churn", "another");
    moved.extraction_date = at("2026-11-23 12:00:00.000001");
    moved.original_extraction_date = at(kDate);
    take({std::string(kDate)}, {record("3", "risk", "e-0"), moved});
    EXPECT_EQ(put(record()), Stored::duplicate);
}

TEST_F(DynamoDbMetricTableTest, TellsAnotherValueOfTheSeriesFromACopy) {
    take({std::string(kDate)}, {record("4", "churn", "e-0")});
    EXPECT_EQ(put(record()), Stored::moved);
}

TEST_F(DynamoDbMetricTableTest, KnowsTheReferencesRowOfTheSameEvent) {
    auto row = record("3", "churn", "");
    row.series.account_id.clear();
    take({std::string(kDate)}, {row});
    EXPECT_EQ(put(record()), Stored::duplicate);
    auto other = record("3", "fraud", "");
    other.series.account_id.clear();
    take({std::string(kDate)}, {other});
    EXPECT_EQ(put(record()), Stored::moved);
}

TEST_F(DynamoDbMetricTableTest, GoesRoundRowsThatAreNoRecords) {
    take({std::string(kDate)}, {});
    auto row = items::to_item(record());
    row["MetricValue"] = items::string_value("Alice");
    api_.script("dynamodb:Query", {json::object{{"Items", json::array{row}}}});
    EXPECT_EQ(put(record()), Stored::moved);
}

TEST_F(DynamoDbMetricTableTest, RefusesADateWithoutFreePlacesBehindIt) {
    std::vector<MetricRecord> stored;
    for (int i = 0; i <= 1'000; ++i) {
        stored.push_back(record("1", "risk", "other"));
        stored.back().extraction_date += std::chrono::microseconds(i);
    }
    take({std::string(kDate)}, stored);
    EXPECT_EQ(put(record()).error().kind, ErrorKind::conflict);
}

TEST_F(DynamoDbMetricTableTest, GivesUpWhenEveryFreePlaceIsTakenMeanwhile) {
    api_.on("dynamodb:PutItem",
            [](const auto&) -> Result<json::object> { return condition_failed(); });
    api_.on("dynamodb:Query", [](const auto&) { return json::object{}; });
    EXPECT_EQ(put(record()).error().kind, ErrorKind::conflict);
}

TEST_F(DynamoDbMetricTableTest, AnswersEachRecordByItself) {
    api_.on("dynamodb:PutItem", [](const json::object& input) -> Result<json::object> {
        if (items::text_at(input.at("Item").as_object(), "MetricValue", "N") == "1") {
            return fail(ErrorKind::throttled, "slow down",
                        "ProvisionedThroughputExceededException");
        }
        return json::object{};
    });
    auto nameless = record("3");
    nameless.series.project_name.clear();
    auto long_names = record("4");
    long_names.series.project_name = std::string(600, 'p');
    long_names.series.environment = std::string(600, 'e');
    const std::vector<MetricRecord> records{record("1"), record("2"), nameless, long_names};
    const auto answers = table_.put(records);
    ASSERT_THAT(answers, SizeIs(4));
    EXPECT_EQ(answers[0].error().kind, ErrorKind::throttled);
    EXPECT_EQ(answers[1], Stored::inserted);
    EXPECT_EQ(answers[2].error().kind, ErrorKind::malformed_input);
    EXPECT_EQ(answers[3].error().kind, ErrorKind::malformed_input);
    EXPECT_NE(answers[3].error().message.find("at most 1024"), std::string::npos);
}

TEST_F(DynamoDbMetricTableTest, RaisesTheLatestByTheNewestOfAPutInTheirOrder) {
    std::vector<MetricRecord> records;
    for (const int second : {1, 8, 3, 7, 2, 8, 6, 4, 5}) {
        records.push_back(record(std::to_string(second)));
        records.back().extraction_date += std::chrono::seconds(second);
    }
    (void)table_.put(records);
    EXPECT_THAT(updated_dates(),
                ElementsAre("2026-11-23 12:00:03.000000", "2026-11-23 12:00:04.000000",
                            "2026-11-23 12:00:05.000000", "2026-11-23 12:00:06.000000",
                            "2026-11-23 12:00:07.000000", "2026-11-23 12:00:08.000000"));
}

TEST_F(DynamoDbMetricTableTest, FailsWhatItCouldNotMakeTheLatest) {
    api_.on("dynamodb:UpdateItem", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::timed_out, "no answer");
    });
    EXPECT_EQ(put(record()).error().kind, ErrorKind::timed_out);
}

TEST_F(DynamoDbMetricTableTest, KeepsANewerLatest) {
    api_.on("dynamodb:UpdateItem",
            [](const auto&) -> Result<json::object> { return condition_failed(); });
    EXPECT_EQ(put(record()), Stored::inserted);
}

TEST_F(DynamoDbMetricTableTest, RefusesMoreRecordsThanAPutMayHave) {
    const std::vector<MetricRecord> records(10'001, record());
    const auto answers = table_.put(records);
    EXPECT_THAT(answers, SizeIs(10'001));
    EXPECT_EQ(answers[0].error().kind, ErrorKind::malformed_input);
    EXPECT_TRUE(api_.calls().empty());
}

TEST_F(DynamoDbMetricTableTest, ReadsTheLatestBySeriesFromEveryPage) {
    auto first = page_of({record("2", "risk")});
    first["LastEvaluatedKey"] = object_of(R"({"StateKey":{"S":"latest"}})");
    api_.script("dynamodb:Query", {first, page_of({record("1", "churn")})});
    const auto latest = table_.latest();
    ASSERT_TRUE(latest);
    ASSERT_THAT(*latest, SizeIs(2));
    EXPECT_EQ(latest->at(0).series.project_name, "churn");
    EXPECT_EQ(api_.calls()[1].input.at("ExclusiveStartKey"),
              object_of(R"({"StateKey":{"S":"latest"}})"));
}

TEST_F(DynamoDbMetricTableTest, DrawsAHistoryOverItsPages) {
    std::vector<MetricRecord> records;
    for (int second = 0; second < 4; ++second) {
        records.push_back(record(std::to_string(second)));
        records.back().extraction_date += std::chrono::seconds(second);
    }
    auto first = page_of({records[0], records[1]});
    first["LastEvaluatedKey"] = object_of(R"({"MetricName":{"S":"Jobs"}})");
    auto second = page_of({records[2], records[3]});
    second["Items"].as_array().push_back(object_of(R"({"MetricValue":{"S":"Alice"}})"));
    api_.script("dynamodb:Query", {first, second});
    const auto points = table_.history({.series = record().series,
                                        .from = at(kDate),
                                        .to = at("2026-11-23 12:00:04.000000"),
                                        .points_max = 2});
    ASSERT_TRUE(points);
    ASSERT_THAT(*points, SizeIs(2));
    EXPECT_EQ(points->at(1).min, 2);
    EXPECT_EQ(points->at(1).max, 3);
    EXPECT_EQ(points->at(1).count, 2);
    EXPECT_EQ(api_.calls()[0].input, object_of(R"({"TableName":"ds-dashboard-hub-table",
        "KeyConditionExpression":"MetricName = :metric AND ExtractionDate BETWEEN :from AND :to",
        "FilterExpression":"ProjectName = :project AND Environment = :environment AND AccountId = :account",
        "ProjectionExpression":"ExtractionDate, MetricValue",
        "ExpressionAttributeValues":{":metric":{"S":"Jobs"},":project":{"S":"churn"},
          ":environment":{"S":"dev"},":account":{"S":"222222222222"},
          ":from":{"S":"2026-11-23 12:00:00.000000"},":to":{"S":"2026-11-23 12:00:03.999999"}}})"));
}

TEST_F(DynamoDbMetricTableTest, SeesTheReferencesRowsAsASeriesWithoutAccount) {
    api_.script("dynamodb:Query", {json::object{}});
    auto series = record().series;
    series.account_id.clear();
    ASSERT_TRUE(table_.history({series, at(kDate), at(kDate) + std::chrono::hours(1), 10}));
    EXPECT_TRUE(api_.calls()[0]
                    .input.at("FilterExpression")
                    .as_string()
                    .ends_with("attribute_not_exists(AccountId)"));
}

TEST_F(DynamoDbMetricTableTest, AsksNothingForAnEmptyStretch) {
    const auto points = table_.history({record().series, at(kDate), at(kDate), 10});
    ASSERT_TRUE(points);
    EXPECT_TRUE(points->empty());
    EXPECT_FALSE(table_.history({record().series, at(kDate), at(kDate), 0}));
    EXPECT_TRUE(api_.calls().empty());
}

}  // namespace
}  // namespace dsdash::aws
