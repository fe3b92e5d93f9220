#include <gtest/gtest.h>

#include "endpoint/testing/operation_fixture.hpp"

namespace dsdash::endpoint {
namespace {

class EventRules : public OperationFixture {
  protected:
    EventRules() : OperationFixture(events_service()) {}
};

TEST_F(EventRules, PutRuleAnswersWithTheArnAndDescribeRuleWithTheRule) {
    EXPECT_EQ(answer("PutRule", R"({"Name":"r","EventPattern":"{\"source\":[\"m\"]}",
                                   "State":"DISABLED","Description":"d"})"),
              R"({"RuleArn":"arn:aws:events:eu-west-1:111111111111:rule/r"})");
    EXPECT_EQ(answer("DescribeRule", R"({"Name":"r"})"),
              R"({"Name":"r","Arn":"arn:aws:events:eu-west-1:111111111111:rule/r",)"
              R"("State":"DISABLED","EventBusName":"default",)"
              R"("EventPattern":"{\"source\":[\"m\"]}","Description":"d"})");
}

TEST_F(EventRules, RulesAreOnTheDefaultBus) {
    constexpr std::string_view kRule =
        R"({{"Name":"r","EventPattern":"{{\"source\":[\"m\"]}}","EventBusName":"{}"}})";
    EXPECT_TRUE(call("PutRule", fmt::format(kRule, "default")));
    EXPECT_TRUE(call("PutRule", fmt::format(kRule, hub().bus().arn())));
    for (const auto* operation : {"PutRule", "DescribeRule", "ListRules", "EnableRule",
                                  "DisableRule", "DeleteRule", "PutTargets", "RemoveTargets",
                                  "ListTargetsByRule", "PutPermission", "RemovePermission"}) {
        const auto refused = refusal(operation, fmt::format(kRule, "other"));
        EXPECT_EQ(refused.code, "ResourceNotFoundException") << operation;
        EXPECT_EQ(refused.message, "Event bus other does not exist.") << operation;
    }
    EXPECT_EQ(refusal("DescribeRule", fmt::format(kRule, dev().bus().arn())).code,
              "ResourceNotFoundException");
}

TEST_F(EventRules, ListsInPages) {
    for (const auto* name : {"fb", "fa", "fc", "x"}) {
        ASSERT_TRUE(call("PutRule", fmt::format(R"({{"Name":"{}","EventPattern":)"
                                                R"("{{\"source\":[\"m\"]}}"}})",
                                                name)));
    }
    const auto first = call("ListRules", R"({"NamePrefix":"f","Limit":2})").value();
    EXPECT_EQ(first.at("Rules").get_array().size(), 2U);
    EXPECT_EQ(first.at("Rules").at(1).at("Name"), "fb");
    const auto second =
        call("ListRules", fmt::format(R"({{"NamePrefix":"f","Limit":2,"NextToken":"{}"}})",
                                      std::string_view(first.at("NextToken").get_string())))
            .value();
    EXPECT_EQ(second.at("Rules").get_array().size(), 1U);
    EXPECT_EQ(second.at("Rules").at(0).at("Name"), "fc");
    EXPECT_FALSE(second.contains("NextToken"));
    EXPECT_EQ(call("ListRules", R"({})")->at("Rules").get_array().size(), 4U);
    EXPECT_EQ(answer("ListRules", R"({"NamePrefix":"none"})"), R"({"Rules":[]})");
}

TEST_F(EventRules, EnablesDisablesAndDeletes) {
    ASSERT_TRUE(call("PutRule", R"({"Name":"r","EventPattern":"{\"source\":[\"m\"]}"})"));
    EXPECT_EQ(answer("DisableRule", R"({"Name":"r"})"), "{}");
    EXPECT_EQ(call("DescribeRule", R"({"Name":"r"})")->at("State"), "DISABLED");
    EXPECT_EQ(answer("EnableRule", R"({"Name":"r"})"), "{}");
    EXPECT_EQ(call("DescribeRule", R"({"Name":"r"})")->at("State"), "ENABLED");
    EXPECT_EQ(answer("DeleteRule", R"({"Name":"r"})"), "{}");
    EXPECT_EQ(refusal("DescribeRule", R"({"Name":"r"})").message,
              "Rule r does not exist on EventBus default.");
    EXPECT_EQ(answer("EnableRule", R"({"Name":"r"})"), "ResourceNotFoundException");
}

TEST_F(EventRules, RefusesMalformedInputNamingTheField) {
    for (const auto& [input, field] : std::vector<std::pair<std::string, std::string>>{
             {R"({"EventPattern":"{}"})", "Name"},
             {R"({"Name":5,"EventPattern":"{}"})", "Name"},
             {R"({"Name":"r"})", "EventPattern"},
             {R"({"Name":"r","EventPattern":{"source":["m"]}})", "EventPattern"},
             {R"({"Name":"r","EventPattern":"{\"source\":[\"m\"]}","State":"ON"})", "State"},
             {R"({"Name":"r","EventPattern":"{\"source\":[\"m\"]}","State":true})", "State"},
             {R"~({"Name":"r","ScheduleExpression":"cron(0 * * * ? *)"})~", "ScheduleExpression"},
             {R"({"Name":"r","EventPattern":"{\"source\":[\"m\"]}","Tags":[]})", "Tags"},
             {R"({"Name":"r","EventPattern":"{\"source\":[\"m\"]}","EventBusName":[]})",
              "EventBusName"}}) {
        const auto refused = refusal("PutRule", input);
        EXPECT_EQ(refused.kind, ErrorKind::malformed_input) << input;
        EXPECT_NE(refused.message.find(field), std::string::npos) << refused.message;
    }
    EXPECT_EQ(answer("PutRule", R"({"Name":"r","EventPattern":"{\"source\":\"m\"}"})"),
              "InvalidEventPatternException");
    for (const auto* input : {R"({"Limit":0})", R"({"Limit":101})", R"({"Limit":-1})",
                              R"({"Limit":"5"})", R"({"NextToken":7})", R"({"NextToken":"a"})",
                              R"({"NextToken":""})", R"({"NamePrefix":7})"}) {
        EXPECT_EQ(refusal("ListRules", input).kind, ErrorKind::malformed_input) << input;
    }
    EXPECT_EQ(answer("ListRules", "{}"), R"({"Rules":[]})");
}

TEST_F(EventRules, PoliciesAreAskedAboutTheRule) {
    EXPECT_EQ(resource("PutRule", R"({"Name":"r"})"),
              "arn:aws:events:eu-west-1:111111111111:rule/r");
    EXPECT_EQ(resource("PutTargets", R"({"Rule":"r"})"),
              "arn:aws:events:eu-west-1:111111111111:rule/r");
    EXPECT_EQ(resource("ListRules", "{}"), "*");
    EXPECT_EQ(resource("DescribeEventBus", "{}"),
              "arn:aws:events:eu-west-1:111111111111:event-bus/default");
}

}  // namespace
}  // namespace dsdash::endpoint
