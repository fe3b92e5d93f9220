#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/algorithm/string/replace.hpp>
#include <set>

#include "domain/contract.hpp"
#include "domain/iam_policy.hpp"
#include "stack/cdk/template_fixture.hpp"

// Asks the policies that stand in the templates, with the account and Region filled in as
// CloudFormation does: each function may make its own calls and none of anybody else's.
namespace dsdash::cdk {
namespace {

using contract::kArchiveFunction;
using contract::kConnectionFunction;
using contract::kExtractionFunction;
using contract::kRefreshFunction;

using Call = std::pair<std::string, std::string>;  // action, resource
using Calls = std::set<Call>;

std::string fill_in(std::string text) {
    boost::replace_all(text, "${AWS::Partition}", "aws");
    boost::replace_all(text, "${AWS::Region}", "eu-west-1");
    boost::replace_all(text, "${AWS::AccountId}", "111111111111");
    return text;
}

/// The policy in a role's resource.
IamPolicy policy_of(const json::object& rendered, std::string_view role) {
    const auto& policies =
        resource_named(rendered, "RoleName", role).at("Properties").at("Policies");
    auto document = policies.at(0).at("PolicyDocument").as_object();
    for (auto& statement : document.at("Statement").as_array()) {
        for (auto& resource : statement.at("Resource").as_array()) {
            if (!resource.is_object()) continue;
            resource = json::string(fill_in(std::string(resource.at("Fn::Sub").as_string())));
        }
    }
    return IamPolicy::parse(json::serialize(document)).value();
}

std::string arn(std::string_view service, std::string_view resource) {
    return fmt::format("arn:aws:{}:eu-west-1:111111111111:{}", service, resource);
}

const std::string kBus = arn("events", "event-bus/default");
const std::string kProjects = arn("ssm", "parameter/monitored_projects/");
const std::string kForwarding = arn("events", "rule/forward-ds-dashboard-to-hubs-1");

Calls logs_of(std::string_view group) {
    const auto stream = arn("logs", fmt::format("log-group:/ds-dashboard/{}:log-stream:x", group));
    return {{"logs:CreateLogStream", stream}, {"logs:PutLogEvents", stream}};
}

Calls join(Calls calls, const Calls& more) {
    calls.insert(more.begin(), more.end());
    return calls;
}

/// Everything each function does, and Lambda in its name.
const std::map<std::string_view, Calls> kOwnCalls{
    {kConnectionFunction,
     join({{"ssm:GetParametersByPath", arn("ssm", "parameter/monitors/")},
           {"ssm:GetParametersByPath", kProjects},
           {"ssm:GetParameter", arn("ssm", "parameter/ds-dashboard/organization_id")},
           {"events:DescribeEventBus", kBus},
           {"events:PutPermission", "*"},
           {"events:RemovePermission", "*"},
           {"events:ListRules", "*"},
           {"events:PutRule", kForwarding},
           {"events:DeleteRule", kForwarding},
           {"events:ListTargetsByRule", kForwarding},
           {"events:PutTargets", kForwarding},
           {"events:RemoveTargets", kForwarding},
           {"iam:PassRole", "arn:aws:iam::111111111111:role/ds-dashboard-event-forwarding"}},
          logs_of("connection"))},
    {kRefreshFunction, join({{"ssm:GetParametersByPath", kProjects}, {"events:PutEvents", kBus}},
                            logs_of("refresh"))},
    {kArchiveFunction,
     join({{"ssm:GetParametersByPath", kProjects},
           {"dynamodb:PutItem", arn("dynamodb", "table/ds-dashboard-hub-table")},
           {"dynamodb:PutItem", arn("dynamodb", "table/ds-dashboard-hub-state")},
           {"dynamodb:UpdateItem", arn("dynamodb", "table/ds-dashboard-hub-state")},
           {"dynamodb:Query", arn("dynamodb", "table/ds-dashboard-hub-table")},
           {"sqs:SendMessage", arn("sqs", "ds-dashboard-archive-dead-letters")}},
          logs_of("archive"))},
    {kExtractionFunction,
     join({{"events:PutEvents", kBus},
           {"sagemaker:ListEndpoints", "*"},
           {"ssm:GetParameter", arn("ssm", "parameter/models/churn/auc")},
           {"sqs:SendMessage", arn("sqs", "ds-dashboard-extraction-dead-letters")}},
          logs_of("extraction"))}};

/// Near to what they do, and nobody's.
const Calls kNobodysCalls{
    {"ssm:GetParametersByPath", arn("ssm", "parameter/")},
    {"ssm:GetParameter", arn("ssm", "parameter/models/churn/other")},
    {"ssm:PutParameter", kProjects},
    {"events:PutEvents", "arn:aws:events:eu-west-1:222222222222:event-bus/default"},
    {"events:PutEvents", arn("events", "event-bus/other")},
    {"events:DeleteRule", arn("events", "rule/ds-dashboard-archive")},
    {"events:PutTargets", arn("events", "rule/ds-dashboard-archive")},
    {"iam:PassRole", "arn:aws:iam::111111111111:role/ds-dashboard-connection-role"},
    {"iam:CreateRole", "arn:aws:iam::111111111111:role/new"},
    {"dynamodb:PutItem", arn("dynamodb", "table/other")},
    {"dynamodb:UpdateItem", arn("dynamodb", "table/ds-dashboard-hub-table")},
    {"dynamodb:Query", arn("dynamodb", "table/ds-dashboard-hub-state")},
    {"dynamodb:DeleteItem", arn("dynamodb", "table/ds-dashboard-hub-table")},
    {"dynamodb:DeleteTable", arn("dynamodb", "table/ds-dashboard-hub-table")},
    {"lambda:InvokeFunction", arn("lambda", "function:ds-dashboard-connection")},
    {"sagemaker:ListTrainingJobs", "*"},
    {"sagemaker:CreateTrainingJob", arn("sagemaker", "training-job/x")},
    {"sqs:ReceiveMessage", arn("sqs", "ds-dashboard-archive-dead-letters")},
    {"logs:CreateLogGroup", arn("logs", "log-group:/ds-dashboard/archive")},
    {"logs:PutLogEvents", arn("logs", "log-group:/aws/lambda/other:log-stream:x")}};

bool allows(const IamPolicy& policy, const Call& call) {
    return policy.allows({.principal_account = "111111111111",
                          .principal_arn = {},
                          .action = call.first,
                          .resource = call.second,
                          .context = {}});
}

void expect_exactly(const IamPolicy& policy, std::string_view name, const Calls& own) {
    auto all = kNobodysCalls;
    for (const auto& [function, calls] : kOwnCalls) all.insert(calls.begin(), calls.end());
    for (const auto& call : all) {
        EXPECT_EQ(allows(policy, call), own.contains(call))
            << name << ": " << call.first << " on " << call.second;
    }
}

TEST(RenderedPolicies, AllowEachFunctionOfAHubItsOwnCallsOnly) {
    const auto hub = hub_template();
    for (const auto name : {kConnectionFunction, kRefreshFunction, kArchiveFunction}) {
        expect_exactly(policy_of(hub, fmt::format("{}-role", name)), name, kOwnCalls.at(name));
    }
}

TEST(RenderedPolicies, AllowEachFunctionOfASpokeItsOwnCallsOnly) {
    const auto spoke = spoke_template();
    for (const auto name : {kConnectionFunction, kExtractionFunction}) {
        expect_exactly(policy_of(spoke, fmt::format("{}-role", name)), name, kOwnCalls.at(name));
    }
}

TEST(RenderedPolicies, LetEventBridgePutEventsOnDefaultBusesAndDoNothingElse) {
    const auto policy = policy_of(spoke_template(), "ds-dashboard-event-forwarding");
    const Call elsewhere{"events:PutEvents",
                         "arn:aws:events:eu-west-1:222222222222:event-bus/default"};
    EXPECT_TRUE(allows(policy, elsewhere));
    expect_exactly(policy, "forwarding", {elsewhere, {"events:PutEvents", kBus}});
}

TEST(RenderedPolicies, CanBeAssumedByTheirServiceOnly) {
    const auto hub = hub_template();
    for (const auto& [role, service] :
         {std::pair("ds-dashboard-connection-role", "lambda.amazonaws.com"),
          std::pair("ds-dashboard-event-forwarding", "events.amazonaws.com")}) {
        const auto& trust =
            resource_named(hub, "RoleName", role).at("Properties").at("AssumeRolePolicyDocument");
        ASSERT_EQ(trust.at("Statement").as_array().size(), 1U);
        EXPECT_EQ(trust.at("Statement").at(0).at("Principal").at("Service").as_string(), service);
    }
}

TEST(RenderedPolicies, LetOnlyItsRulesFillADeadLetterQueue) {
    const auto hub = hub_template();
    const auto condition_of = [&](std::string_view queue) {
        const auto& policy = hub.at("Resources").at(logical_id(queue_policy_path(queue)));
        const auto& statements = policy.at("Properties").at("PolicyDocument").at("Statement");
        EXPECT_EQ(statements.as_array().size(), 1U);
        EXPECT_EQ(statements.at(0).at("Principal"),
                  json::parse(R"({"Service":"events.amazonaws.com"})"));
        return statements.at(0).at("Condition");
    };
    const auto archive_rule = get_att(logical_id(rule_path("ds-dashboard-archive")), "Arn");
    EXPECT_EQ(condition_of("ds-dashboard-archive-dead-letters"),
              (json::object{{"ArnEquals", {{"aws:SourceArn", archive_rule}}}}));
    EXPECT_EQ(condition_of("ds-dashboard-forwarding-dead-letters"),
              (json::object{{"ArnLike",
                             {{"aws:SourceArn", sub("arn:${AWS::Partition}:events:${AWS::Region}:"
                                                    "${AWS::AccountId}:rule/"
                                                    "forward-ds-dashboard-*")}}}}));
}

}  // namespace
}  // namespace dsdash::cdk
