#include <gmock/gmock.h>

#include "domain/arn.hpp"
#include "embedded/deployed/stack_ledger.hpp"
#include "endpoint/dsdash/stack_deployment.hpp"
#include "endpoint/testing/hosted_fixture.hpp"
#include "stack/declare.hpp"

namespace dsdash::endpoint {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Stacks : public HostedFixture {
  protected:
    Result<json::object> destroy(embedded::Account& account, std::string_view stack,
                                 bool delete_data = false) {
        return call(account, "dsdash", "DestroyStack",
                    {{"Stack", stack}, {"DeleteData", delete_data}});
    }
    static std::vector<std::string> names(const json::value& array) {
        return json::value_to<std::vector<std::string>>(array);
    }
    static std::vector<std::string> function_names(embedded::Account& account) {
        std::vector<std::string> out;
        const auto functions = account.functions().list().value();
        for (const auto& function : functions) out.push_back(function.name);
        return out;
    }
    static std::vector<std::string> rule_names(embedded::Account& account) {
        std::vector<std::string> out;
        const auto rules = account.bus().rules().list_rules("", "", 100).value();
        for (const auto& rule : rules) out.push_back(rule.name);
        return out;
    }
    void expect_untouched(embedded::Account& account) {
        EXPECT_THAT(function_names(account), IsEmpty());
        EXPECT_THAT(rule_names(account), IsEmpty());
        EXPECT_FALSE(account.metric_table().exists().value());
        EXPECT_THAT(account.stacks().list().value(), IsEmpty());
    }
    static void store_record(embedded::Account& account) {
        const MetricRecord record{.series = {"M", "P", "dev", "222222222222"},
                                  .extraction_date = TimePoint(std::chrono::seconds(1)),
                                  .value = Decimal(1),
                                  .metadata = "{}",
                                  .event_id = "e",
                                  .original_extraction_date = std::nullopt};
        ASSERT_TRUE(account.metric_table().put({&record, 1}).at(0));
    }
};

TEST_F(Stacks, RenewTheRolesThatAnOlderVersionDeployed) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    const auto as_declared = hub().functions().find("ds-dashboard-dynamo-write").value().value();
    auto older = as_declared;
    older.role_policy = R"({"Version":"2012-10-17","Statement":[]})";
    older.environment["KEPT"] = "yes";
    ASSERT_TRUE(hub().functions().put(older));
    auto anothers = older;
    anothers.name = "ds-dashboard-connection";
    anothers.stack_name = "ds-dashboard-spoke-stack";
    ASSERT_TRUE(hub().functions().put(anothers));

    ASSERT_TRUE(StackDeployment(hub(), clock_).renew_roles());
    const auto renewed = hub().functions().find(older.name).value().value();
    EXPECT_EQ(renewed.role_policy, as_declared.role_policy);
    EXPECT_EQ(renewed.environment, older.environment);
    EXPECT_EQ(renewed.last_modified, older.last_modified);
    EXPECT_EQ(hub().functions().find(anothers.name).value()->role_policy, anothers.role_policy);
}

TEST_F(Stacks, BringNoFunctionBackWhenRolesAreRenewed) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    ASSERT_TRUE(hub().functions().remove("ds-dashboard-dynamo-write"));
    ASSERT_TRUE(StackDeployment(hub(), clock_).renew_roles());
    EXPECT_FALSE(hub().functions().find("ds-dashboard-dynamo-write").value());
    ASSERT_TRUE(StackDeployment(dev(), clock_).renew_roles());
    EXPECT_THAT(function_names(dev()), IsEmpty());
}

TEST_F(Stacks, DeployAHub) {
    const auto answer = deploy(hub(), "hub").value();
    EXPECT_EQ(answer.at("StackName").as_string(), "ds-dashboard-hub-stack");
    EXPECT_THAT(names(answer.at("Functions")),
                ElementsAre("ds-dashboard-dynamo-write", "ds-dashboard-fetch-new-data",
                            "ds-dashboard-connection"));
    EXPECT_THAT(names(answer.at("Rules")), ElementsAre("ds-dashboard-archive"));
    EXPECT_THAT(names(answer.at("Tables")),
                ElementsAre("ds-dashboard-hub-table", "ds-dashboard-hub-state"));
    EXPECT_TRUE(hub().metric_table().exists().value());
    EXPECT_TRUE(hub().hub_state().exists().value());
    const auto targets = hub().bus().rules().list_targets("ds-dashboard-archive").value();
    ASSERT_EQ(targets.size(), 1U);
    EXPECT_EQ(targets[0].arn,
              "arn:aws:lambda:eu-west-1:111111111111:function:ds-dashboard-dynamo-write");
}

TEST_F(Stacks, DeployTheSameAgain) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    store_record(hub());
    ASSERT_TRUE(deploy(hub(), "hub"));
    EXPECT_EQ(function_names(hub()).size(), 3U);
    EXPECT_EQ(rule_names(hub()).size(), 1U);
    EXPECT_EQ(hub().metric_table().count().value(), 1);
}

TEST_F(Stacks, UpdateTheMetricsAndThePermissions) {
    ASSERT_TRUE(deploy(dev(), "spoke", kSpokeContext));
    auto other = kSpokeContext;
    other["metrics"] = "SSMParamStoreValue";
    other["ssm_parameter"] = "/models/auc";
    ASSERT_TRUE(deploy(dev(), "spoke", other));
    const auto function = dev().functions().find("ds-dashboard-metric-extraction").value().value();
    EXPECT_EQ(function.environment.at("METRICS"), "SSMParamStoreValue");
    EXPECT_EQ(function.environment.at("SSM_PARAMETER"), "/models/auc");
    EXPECT_THAT(function.role_policy, HasSubstr("parameter/models/auc"));
    EXPECT_THAT(function.role_policy, ::testing::Not(HasSubstr("sagemaker:")));
    EXPECT_EQ(dev().stacks().list().value().size(), 1U);
}

TEST_F(Stacks, RemoveWhatTheNewVersionHasNot) {
    ASSERT_TRUE(deploy(hub(), "hub", {{"schedule", "rate(1 hour)"}}));
    EXPECT_THAT(rule_names(hub()),
                ElementsAre("ds-dashboard-archive", "ds-dashboard-fetch-schedule"));
    ASSERT_TRUE(deploy(hub(), "hub"));
    EXPECT_THAT(rule_names(hub()), ElementsAre("ds-dashboard-archive"));
}

TEST_F(Stacks, AreDescribedWithTheirContext) {
    ASSERT_TRUE(deploy(dev(), "spoke", kSpokeContext));
    const auto stacks = call(dev(), "dsdash", "DescribeStacks", {}).value().at("Stacks").as_array();
    ASSERT_EQ(stacks.size(), 1U);
    EXPECT_EQ(stacks[0].at("Stack").as_string(), "spoke");
    EXPECT_EQ(stacks[0].at("StackName").as_string(), "ds-dashboard-spoke-stack");
    EXPECT_EQ(stacks[0].at("Context").as_object(), kSpokeContext);
    EXPECT_EQ(stacks[0].at("DeployedAt").as_double(), to_epoch_seconds(clock_.now()));
}

TEST_F(Stacks, KeepTheDataWhenTheyAreDestroyed) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    store_record(hub());
    const auto answer = destroy(hub(), "hub").value();
    EXPECT_EQ(names(answer.at("Removed")).size(), 6U);
    expect_untouched(hub());
    ASSERT_TRUE(deploy(hub(), "hub"));
    EXPECT_EQ(hub().metric_table().count().value(), 1);
}

TEST_F(Stacks, DeleteTheDataWhenToldSo) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    store_record(hub());
    ASSERT_TRUE(destroy(hub(), "hub", true));
    ASSERT_TRUE(deploy(hub(), "hub"));
    EXPECT_EQ(hub().metric_table().count().value(), 0);
}

TEST_F(Stacks, DeleteTheDataWhenTheirRemovalPolicySaysSo) {
    ASSERT_TRUE(deploy(hub(), "hub", {{"removal_policy", "destroy"}}));
    store_record(hub());
    ASSERT_TRUE(destroy(hub(), "hub"));
    ASSERT_TRUE(deploy(hub(), "hub"));
    EXPECT_EQ(hub().metric_table().count().value(), 0);
}

TEST_F(Stacks, BringTheTablesThatAreDeclared) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    const auto declared = stack::declare_hub({hub().id(), hub().region(), {}}).value().tables;
    const auto key_schema = [](const stack::TableKey& key) {
        return json::array{json::object{{"AttributeName", key.partition}, {"KeyType", "HASH"}},
                           json::object{{"AttributeName", key.sort}, {"KeyType", "RANGE"}}};
    };
    for (const auto& table : declared) {
        const auto answer =
            call(hub(), "dynamodb", "DescribeTable", {{"TableName", table.name}}).value();
        const auto& described = answer.at("Table").as_object();
        EXPECT_EQ(described.at("KeySchema").as_array(), key_schema(table.key)) << table.name;
        ASSERT_EQ(described.contains("GlobalSecondaryIndexes"), table.index.has_value());
        if (!table.index) continue;
        const auto& index = described.at("GlobalSecondaryIndexes").at(0);
        EXPECT_EQ(index.at("IndexName").as_string(), table.index->name);
        EXPECT_EQ(index.at("KeySchema").as_array(), key_schema(table.index->key));
    }
}

TEST_F(Stacks, KeepRecordsAsLongAsTheyAreToldTo) {
    // The table's own thread takes records out, too: what counts is what is left.
    const auto left = [&] {
        EXPECT_TRUE(hub().metric_table().expire_step());
        return hub().metric_table().count().value();
    };
    ASSERT_TRUE(deploy(hub(), "hub", {{"retention_days", "36500"}}));
    store_record(hub());
    EXPECT_EQ(left(), 1);
    ASSERT_TRUE(deploy(hub(), "hub", {{"retention_days", "30"}}));
    EXPECT_EQ(left(), 0);
    ASSERT_TRUE(deploy(hub(), "hub"));
    store_record(hub());
    EXPECT_EQ(left(), 1);
}

TEST_F(Stacks, DeleteKeptDataLater) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    store_record(hub());
    ASSERT_TRUE(destroy(hub(), "hub"));
    const auto answer = destroy(hub(), "hub", true).value();
    EXPECT_THAT(names(answer.at("Removed")),
                ElementsAre("ds-dashboard-hub-table", "ds-dashboard-hub-state"));
    ASSERT_TRUE(deploy(hub(), "hub"));
    EXPECT_EQ(hub().metric_table().count().value(), 0);
}

TEST_F(Stacks, CannotBeDestroyedWhenTheyAreNotThere) {
    for (const auto& [stack, delete_data] :
         {std::pair{"hub", false}, {"spoke", false}, {"spoke", true}}) {
        const auto answer = destroy(hub(), stack, delete_data);
        ASSERT_FALSE(answer) << stack;
        EXPECT_EQ(answer.error().kind, ErrorKind::not_found);
        EXPECT_THAT(answer.error().message, HasSubstr("111111111111"));
    }
}

TEST_F(Stacks, ShareOneConnectionFunction) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    const auto second = deploy(hub(), "spoke", kSpokeContext);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::conflict);
    EXPECT_THAT(second.error().message, HasSubstr("connection=existing"));
    auto existing = kSpokeContext;
    existing["connection"] = "existing";
    ASSERT_TRUE(deploy(hub(), "spoke", existing));
    EXPECT_EQ(function_names(hub()).size(), 4U);

    const auto destroyed = destroy(hub(), "hub");
    ASSERT_FALSE(destroyed);
    EXPECT_EQ(destroyed.error().kind, ErrorKind::conflict);
    ASSERT_TRUE(destroy(hub(), "spoke"));
    EXPECT_TRUE(hub().functions().find("ds-dashboard-connection").value());
    ASSERT_TRUE(destroy(hub(), "hub"));
    expect_untouched(hub());
}

TEST_F(Stacks, NeedTheExistingConnectionToBeThere) {
    const auto answer = deploy(hub(), "hub", {{"connection", "existing"}});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::conflict);
    expect_untouched(hub());
    ASSERT_TRUE(deploy(hub(), "hub"));
    EXPECT_FALSE(deploy(hub(), "hub", {{"connection", "existing"}}));
}

TEST_F(Stacks, ChangeNothingForBadInput) {
    const std::vector<json::object> inputs{
        {},
        {{"Stack", "both"}},
        {{"Stack", 1}},
        {{"Stack", "spoke"}},
        {{"Stack", "hub"}, {"Context", "x"}},
        {{"Stack", "hub"}, {"Context", {{"schedule", 1}}}},
        {{"Stack", "hub"}, {"Context", {{"schedule", "every now and then"}}}},
        {{"Stack", "hub"}, {"Context", {{"colour", "blue"}}}},
        {{"Stack", "hub"}, {"Context", {{"retention_days", "0"}}}},
        {{"Stack", "hub"}, {"Context", {{"retention_days", "36501"}}}},
        {{"Stack", "hub"}, {"Context", {{"retention_days", "30 days"}}}},
        {{"Stack", "hub"}, {"Context", {{"retention_days", "-1"}}}},
        {{"Stack", "spoke"},
         {"Context", {{"metrics", "Nope"}, {"environment", "dev"}, {"project_name", "P"}}}}};
    for (const auto& input : inputs) {
        const auto answer = call(hub(), "dsdash", "DeployStack", input);
        ASSERT_FALSE(answer) << json::serialize(input);
        EXPECT_EQ(answer.error().kind, ErrorKind::malformed_input) << json::serialize(input);
    }
    expect_untouched(hub());
}

TEST_F(Stacks, CanBeDestroyedWhenTheyWereCutShort) {
    // No more rules fit in: the deployment ends before its functions are there.
    for (std::size_t i = 0; i < embedded::kRulesMax; ++i) {
        embedded::Rule rule;
        rule.name = fmt::format("r{}", i);
        rule.schedule_expression = "rate(1 day)";
        ASSERT_TRUE(hub().bus().rules().put_rule(rule));
    }
    ASSERT_FALSE(deploy(hub(), "hub"));
    EXPECT_THAT(function_names(hub()), IsEmpty());
    EXPECT_EQ(hub().stacks().list()->size(), 1U);
    EXPECT_TRUE(destroy(hub(), "hub"));
    EXPECT_THAT(hub().stacks().list().value(), IsEmpty());
}

TEST_F(Stacks, KnowWhatAnUpdateThatWasCutShortLeft) {
    ASSERT_TRUE(deploy(hub(), "hub", {{"schedule", "rate(1 hour)"}}));
    const std::vector<std::string> ids{"ds-dashboard-dynamo-write"};
    ASSERT_TRUE(hub().bus().rules().remove_targets("ds-dashboard-archive", ids));
    std::vector<embedded::Target> others;
    for (std::size_t i = 0; i < embedded::kTargetsPerRuleMax; ++i) {
        embedded::Target target;
        target.id = fmt::format("t{}", i);
        target.arn = function_arn(hub().region(), hub().id(), target.id);
        others.push_back(std::move(target));
    }
    ASSERT_TRUE(hub().bus().rules().put_targets("ds-dashboard-archive", others));
    ASSERT_FALSE(deploy(hub(), "hub"));  // its target does not fit in
    EXPECT_THAT(hub().stacks().find("hub").value()->rules,
                ElementsAre("ds-dashboard-archive", "ds-dashboard-fetch-schedule"));
}

TEST_F(Stacks, SurviveAResourceThatIsGoneAlready) {
    ASSERT_TRUE(deploy(hub(), "hub"));
    ASSERT_TRUE(hub().functions().remove("ds-dashboard-connection"));
    const std::vector<std::string> ids{"ds-dashboard-dynamo-write"};
    ASSERT_TRUE(hub().bus().rules().remove_targets("ds-dashboard-archive", ids));
    ASSERT_TRUE(hub().bus().rules().remove_rule("ds-dashboard-archive"));
    ASSERT_TRUE(destroy(hub(), "hub"));
    expect_untouched(hub());
}

}  // namespace
}  // namespace dsdash::endpoint
