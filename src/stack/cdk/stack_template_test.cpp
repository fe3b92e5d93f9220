#include "stack/cdk/stack_template.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>

#include "domain/contract.hpp"
#include "functions/event_patterns.hpp"
#include "stack/cdk/template_fixture.hpp"

namespace dsdash::cdk {
namespace {

using ::testing::Contains;
using ::testing::Not;

/// {"AWS::SQS::Queue": 1, …}
std::map<std::string, int> types_of(const json::object& rendered) {
    std::map<std::string, int> types;
    for (const auto& resource : rendered.at("Resources").as_object()) {
        ++types[std::string(resource.value().at("Type").as_string())];
    }
    return types;
}

const json::object& properties(const json::object& resource) {
    return resource.at("Properties").as_object();
}

TEST(HubTemplate, HasWhatAHubConsistsOf) {
    EXPECT_EQ(types_of(hub_template()), (std::map<std::string, int>{{"AWS::DynamoDB::Table", 2},
                                                                    {"AWS::Lambda::Function", 3},
                                                                    {"AWS::Logs::LogGroup", 3},
                                                                    {"AWS::IAM::Role", 4},
                                                                    {"AWS::Events::Rule", 1},
                                                                    {"AWS::Lambda::Permission", 1},
                                                                    {"AWS::SQS::Queue", 2},
                                                                    {"AWS::SQS::QueuePolicy", 2}}));
}

TEST(SpokeTemplate, HasWhatASpokeConsistsOf) {
    EXPECT_EQ(types_of(spoke_template()),
              (std::map<std::string, int>{{"AWS::Lambda::Function", 2},
                                          {"AWS::Logs::LogGroup", 2},
                                          {"AWS::IAM::Role", 3},
                                          {"AWS::Events::Rule", 1},
                                          {"AWS::Lambda::Permission", 1},
                                          {"AWS::SQS::Queue", 2},
                                          {"AWS::SQS::QueuePolicy", 2}}));
}

TEST(HubTemplate, UpdatesTheTableOfThePythonReference) {
    const auto hub = hub_template();
    const auto& table = hub.at("Resources").at("dsdashboardhubtable8E57CB07").as_object();
    EXPECT_EQ(properties(table).at("TableName").as_string(), "ds-dashboard-hub-table");
    EXPECT_EQ(properties(table).at("KeySchema"),
              json::parse(R"([{"AttributeName":"MetricName","KeyType":"HASH"},
                              {"AttributeName":"ExtractionDate","KeyType":"RANGE"}])"));
}

TEST(HubTemplate, HasATableThatIsKeptBackedUpEncryptedAndReadByProject) {
    const auto hub = hub_template();
    const auto& table = resource_named(hub, "TableName", contract::kHubTable);
    EXPECT_EQ(table.at("DeletionPolicy").as_string(), "Retain");
    EXPECT_EQ(table.at("UpdateReplacePolicy").as_string(), "Retain");
    const auto& has = properties(table);
    EXPECT_EQ(has.at("BillingMode").as_string(), "PAY_PER_REQUEST");
    EXPECT_TRUE(
        has.at("PointInTimeRecoverySpecification").at("PointInTimeRecoveryEnabled").as_bool());
    EXPECT_TRUE(has.at("SSESpecification").at("SSEEnabled").as_bool());
    EXPECT_EQ(has.at("GlobalSecondaryIndexes"),
              json::parse(R"([{"IndexName":"ProjectName-ExtractionDate-index",
                  "KeySchema":[{"AttributeName":"ProjectName","KeyType":"HASH"},
                               {"AttributeName":"ExtractionDate","KeyType":"RANGE"}],
                  "Projection":{"ProjectionType":"ALL"}}])"));
    // DynamoDB refuses a definition that no key uses, and a key without one.
    EXPECT_EQ(has.at("AttributeDefinitions").as_array().size(), 3U);
}

TEST(HubTemplate, DeletesItsTablesWhenToldSo) {
    const auto hub = hub_template({{"removal_policy", "destroy"}});
    for (const auto name : {contract::kHubTable, contract::kHubStateTable}) {
        const auto& table = resource_named(hub, "TableName", name);
        EXPECT_EQ(table.at("DeletionPolicy").as_string(), "Delete");
        EXPECT_EQ(table.at("UpdateReplacePolicy").as_string(), "Delete");
    }
}

TEST(HubTemplate, LetsMetricsExpireWhenToldBy) {
    const auto hub = hub_template({{"retention_days", "30"}});
    EXPECT_EQ(properties(resource_named(hub, "TableName", contract::kHubTable))
                  .at("TimeToLiveSpecification"),
              json::parse(R"({"AttributeName":"ExpiresAt","Enabled":true})"));
    EXPECT_FALSE(properties(resource_named(hub, "TableName", contract::kHubStateTable))
                     .contains("TimeToLiveSpecification"));
}

TEST(HubTemplate, HasNoTableThatIsThereAlready) {
    EXPECT_THAT(types_of(hub_template({{"existing_table", "true"}})),
                Not(Contains(std::pair("AWS::DynamoDB::Table", 2))));
    EXPECT_THAT(types_of(hub_template({{"existing_table", "true"}})),
                Not(Contains(std::pair("AWS::DynamoDB::Table", 1))));
    const auto hub = hub_template({{"existing_table", "ds-dashboard-hub-table"}});
    EXPECT_THAT(types_of(hub), Contains(std::pair("AWS::DynamoDB::Table", 1)));
    EXPECT_NO_THROW(resource_named(hub, "TableName", contract::kHubStateTable));
}

TEST(Template, HasNoConnectionWhenAnotherStackBringsIt) {
    auto values = kSpokeValues;
    values["connection"] = "existing";
    const auto spoke = spoke_template(values);
    EXPECT_THAT(types_of(spoke), Contains(std::pair("AWS::Lambda::Function", 1)));
    EXPECT_THAT(types_of(spoke), Contains(std::pair("AWS::IAM::Role", 1)));
}

TEST(HubTemplate, AsksTheSpokesByItselfWhenAScheduleIsGiven) {
    const auto hub = hub_template({{"schedule", "rate(1 hour)"}});
    const auto& rule = resource_named(hub, "Name", "ds-dashboard-fetch-schedule");
    EXPECT_EQ(properties(rule).at("ScheduleExpression").as_string(), "rate(1 hour)");
    EXPECT_FALSE(properties(rule).contains("EventPattern"));
}

TEST(Template, RunsEachFunctionFromTheOnePackage) {
    const auto hub = hub_template();
    const auto& archive =
        properties(resource_named(hub, "FunctionName", contract::kArchiveFunction));
    EXPECT_EQ(archive.at("Handler").as_string(), "archive");
    EXPECT_EQ(archive.at("Runtime").as_string(), "provided.al2023");
    EXPECT_EQ(archive.at("Architectures"), json::parse(R"(["x86_64"])"));
    EXPECT_EQ(archive.at("Code"), json::parse(R"({"S3Bucket":"bucket","S3Key":"key.zip"})"));
    EXPECT_EQ(archive.at("Environment").at("Variables").at("HUB_TABLE").as_string(),
              contract::kHubTable);
    const auto& group = resource_named(hub, "LogGroupName", "/ds-dashboard/archive");
    EXPECT_EQ(properties(group).at("RetentionInDays").as_int64(), 90);
}

TEST(Template, GivesItsRuleTheEventsAndAQueueForWhatFails) {
    const auto hub = hub_template();
    const auto& resources = hub.at("Resources").as_object();
    const auto& rule = properties(resource_named(hub, "Name", "ds-dashboard-archive"));
    EXPECT_EQ(rule.at("EventPattern"), json::parse(functions::kArchivePattern));
    const auto& target = rule.at("Targets").at(0);
    const auto id_in = [](const json::value& get_att) {
        return std::string(get_att.at("Fn::GetAtt").at(0).as_string());
    };
    EXPECT_EQ(resources.at(id_in(target.at("Arn"))).at("Properties").at("FunctionName").as_string(),
              contract::kArchiveFunction);
    const auto queue = id_in(target.at("DeadLetterConfig").at("Arn"));
    EXPECT_EQ(resources.at(queue).at("Properties").at("QueueName").as_string(),
              "ds-dashboard-archive-dead-letters");
    const auto& archive =
        properties(resource_named(hub, "FunctionName", contract::kArchiveFunction));
    EXPECT_EQ(id_in(archive.at("DeadLetterConfig").at("TargetArn")), queue);
}

/// Every logical id that a Ref or Fn::GetAtt names.
void collect_references(const json::value& value, std::set<std::string>& ids) {
    if (const auto* array = value.if_array()) {
        for (const auto& element : *array) collect_references(element, ids);
    } else if (const auto* object = value.if_object()) {
        for (const auto& member : *object) {
            if (member.key() == "Ref") ids.emplace(member.value().as_string());
            if (member.key() == "Fn::GetAtt") ids.emplace(member.value().at(0).as_string());
            collect_references(member.value(), ids);
        }
    }
}

TEST(Template, RefersToItsOwnResourcesOnly) {
    for (const auto& rendered : {hub_template({{"schedule", "rate(1 hour)"}}), spoke_template()}) {
        std::set<std::string> ids;
        collect_references(rendered, ids);
        EXPECT_GT(ids.size(), 5U);
        for (const auto& id : ids) {
            EXPECT_TRUE(id.starts_with("AWS::") ||
                        rendered.at("Resources").as_object().contains(id))
                << id;
        }
    }
}

TEST(Template, NamesNeitherAccountNorRegion) {
    const auto anywhere = for_any_account({});
    for (const auto& rendered : {hub_template(), spoke_template()}) {
        const auto text = json::serialize(rendered);
        EXPECT_THAT(text, Not(::testing::HasSubstr(anywhere.account.text())));
        EXPECT_THAT(text, Not(::testing::HasSubstr(anywhere.region.text())));
        EXPECT_THAT(text, Not(::testing::HasSubstr("arn:aws:")));
    }
}

TEST(Template, FitsIntoARequestToCloudFormation) {
    constexpr std::size_t kTemplateBodyBytesMax = 51'200;  // API reference, CreateStack
    auto values = kSpokeValues;
    values["project_name"] = std::string(1'024, 'p');
    values["environment"] = std::string(1'024, 'e');
    values["ssm_parameter"] = "/" + std::string(1'023, 's');
    for (const auto& rendered :
         {hub_template({{"schedule", "rate(1 hour)"}}), spoke_template(values)}) {
        EXPECT_LT(json::serialize(rendered).size(), kTemplateBodyBytesMax / 2);
    }
}

TEST(Template, TellsPathsWhenTheCliWantsThem) {
    const auto stack = stack::declare_hub(for_any_account({})).value();
    const auto rendered = render_template(stack, {"b", "k", "x86_64"}, true);
    EXPECT_EQ(rendered.at("Resources")
                  .at("dsdashboardhubtable8E57CB07")
                  .at("Metadata")
                  .at("aws:cdk:path")
                  .as_string(),
              "ds-dashboard-hub-stack/ds-dashboard-hub-table/Resource");
}

}  // namespace
}  // namespace dsdash::cdk
