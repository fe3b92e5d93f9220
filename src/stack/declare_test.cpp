#include "stack/declare.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "domain/contract.hpp"
#include "domain/event_pattern.hpp"
#include "domain/iam_policy.hpp"

namespace dsdash::stack {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Values = std::map<std::string, std::string>;

StackContext context(Values values) {
    return {AccountId::parse("222222222222").value(), Region::parse("eu-west-1").value(),
            std::move(values)};
}

const Values kSpoke{{"metrics", "TotalCompletedTrainingJobs,CompletedTrainingJobs24h"},
                    {"environment", "dev"},
                    {"project_name", "churn"}};

Values spoke_with(const std::string& key, const std::string& value) {
    auto values = kSpoke;
    values[key] = value;
    return values;
}

std::vector<std::string> function_names(const Stack& stack) {
    std::vector<std::string> names;
    for (const auto& function : stack.functions) names.push_back(function.name);
    return names;
}

const FunctionDeclaration& function_of(const Stack& stack, std::string_view name) {
    return *std::ranges::find(stack.functions, name, &FunctionDeclaration::name);
}

TEST(DeclareHub, HasTheSeedsNames) {
    const auto stack = declare_hub(context({})).value();
    EXPECT_EQ(stack.name, "ds-dashboard-hub-stack");
    EXPECT_THAT(function_names(stack),
                ElementsAre("ds-dashboard-dynamo-write", "ds-dashboard-fetch-new-data",
                            "ds-dashboard-connection"));
    ASSERT_EQ(stack.tables.size(), 2U);
    EXPECT_EQ(stack.tables[0].name, "ds-dashboard-hub-table");
    EXPECT_EQ(stack.tables[1].name, "ds-dashboard-hub-state");
}

TEST(DeclareHub, AsksTheSpokesByItselfWhenAScheduleIsGiven) {
    const auto stack = declare_hub(context({{"schedule", "rate(1 hour)"}})).value();
    ASSERT_EQ(stack.rules.size(), 2U);
    EXPECT_EQ(stack.rules[1].schedule_expression, "rate(1 hour)");
    EXPECT_EQ(stack.rules[1].function, "ds-dashboard-fetch-new-data");
}

TEST(DeclareHub, LeavesTheConnectionOutWhenItIsThere) {
    const auto stack = declare_hub(context({{"connection", "existing"}})).value();
    EXPECT_TRUE(stack.uses_existing_connection);
    EXPECT_THAT(stack.roles, IsEmpty());
    EXPECT_THAT(stack.dead_letter_queues, IsEmpty());
    EXPECT_THAT(function_names(stack),
                ElementsAre("ds-dashboard-dynamo-write", "ds-dashboard-fetch-new-data"));
}

TEST(DeclareHub, BringsAQueueForWhatTheForwardingRulesCannotDeliver) {
    const auto stack = declare_hub(context({})).value();
    ASSERT_EQ(stack.dead_letter_queues.size(), 1U);
    EXPECT_EQ(stack.dead_letter_queues[0].name, "ds-dashboard-forwarding-dead-letters");
    EXPECT_EQ(stack.dead_letter_queues[0].rules,
              "arn:aws:events:eu-west-1:222222222222:rule/forward-ds-dashboard-*");
}

TEST(DeclareHub, KeepsItsTablesUnlessToldToDestroyThem) {
    const auto stack = declare_hub(context({})).value();
    for (const auto& table : stack.tables) {
        EXPECT_FALSE(table.is_deleted_with_stack || table.is_adopted) << table.name;
    }
    const auto short_lived = declare_hub(context({{"removal_policy", "destroy"}})).value();
    for (const auto& table : short_lived.tables) {
        EXPECT_TRUE(table.is_deleted_with_stack) << table.name;
    }
}

TEST(DeclareHub, AdoptsBothTablesOrOne) {
    const auto adopted = [](const char* which) {
        std::vector<bool> out;
        const auto stack = declare_hub(context({{"existing_table", which}})).value();
        for (const auto& table : stack.tables) out.push_back(table.is_adopted);
        return out;
    };
    EXPECT_THAT(adopted("true"), ElementsAre(true, true));
    EXPECT_THAT(adopted("ds-dashboard-hub-table"), ElementsAre(true, false));
    EXPECT_THAT(adopted("ds-dashboard-hub-state"), ElementsAre(false, true));
}

TEST(DeclareHub, RefusesOtherValuesNamingTheKey) {
    for (const auto& [key, value] :
         {std::pair("removal_policy", "retain"), std::pair("existing_table", "yes"),
          std::pair("schedule", "hourly"), std::pair("connection", "new")}) {
        const auto stack = declare_hub(context({{key, value}}));
        ASSERT_FALSE(stack) << key;
        EXPECT_THAT(stack.error().message, HasSubstr(key));
    }
    EXPECT_TRUE(declare_hub(context({{"schedule", "cron(0 8 * * ? *)"}})));
}

TEST(DeclareHub, TellsTheArchiveHowLongRecordsAreKept) {
    const auto stack = declare_hub(context({{"retention_days", "30"}}));
    ASSERT_TRUE(stack);
    EXPECT_EQ(stack->functions.front().environment.at("RETENTION_DAYS"), "30");
    EXPECT_EQ(stack->tables.front().retention, std::chrono::days(30));
    EXPECT_FALSE(
        declare_hub(context({}))->functions.front().environment.contains("RETENTION_DAYS"));
}

TEST(DeclareHub, DoesNotDeleteATableThatItAdopted) {
    EXPECT_FALSE(declare_hub(context({{"removal_policy", "destroy"}, {"existing_table", "true"}})));
}

TEST(DeclareHub, RefusesUnknownContextAndListsTheKnown) {
    const auto stack = declare_hub(context({{"metrics", "TotalCompletedTrainingJobs"}}));
    ASSERT_FALSE(stack);
    EXPECT_EQ(stack.error().kind, ErrorKind::malformed_input);
    EXPECT_THAT(stack.error().message, HasSubstr("\"metrics\""));
    EXPECT_THAT(stack.error().message, HasSubstr("schedule"));
}

TEST(DeclareSpoke, GivesTheExtractionItsSettings) {
    auto values = spoke_with("ssm_parameter", "/models/churn/auc");
    values["metrics"] = " SSMParamStoreValue , NumberEndPointsInService";
    const auto stack = declare_spoke(context(values)).value();
    EXPECT_EQ(stack.name, "ds-dashboard-spoke-stack");
    const auto& extraction = function_of(stack, contract::kExtractionFunction);
    EXPECT_EQ(extraction.environment,
              (Values{{"METRICS", "SSMParamStoreValue,NumberEndPointsInService"},
                      {"PROJECT_NAME", "churn"},
                      {"ENVIRONMENT", "dev"},
                      {"SSM_PARAMETER", "/models/churn/auc"}}));
}

TEST(DeclareSpoke, AllowsWhatTheChosenMetricsDeclareAndOwnEventsAndLogs) {
    const auto stack = declare_spoke(context(kSpoke)).value();
    const std::vector<PolicyStatement> expected{
        {{"events:PutEvents"}, {"arn:aws:events:eu-west-1:222222222222:event-bus/default"}},
        {{"sagemaker:ListTrainingJobs"}, {"*"}},
        {{"logs:CreateLogStream", "logs:PutLogEvents"},
         {"arn:aws:logs:eu-west-1:222222222222:log-group:"
          "/ds-dashboard/extraction:*"}},
        {{"sqs:SendMessage"},
         {"arn:aws:sqs:eu-west-1:222222222222:ds-dashboard-extraction-dead-letters"}}};
    EXPECT_EQ(function_of(stack, contract::kExtractionFunction).role.statements, expected);
}

TEST(DeclareSpoke, RequiresItsThreeKeys) {
    for (const auto* key : {"metrics", "environment", "project_name"}) {
        auto values = kSpoke;
        values.erase(key);
        const auto stack = declare_spoke(context(values));
        ASSERT_FALSE(stack) << key;
        EXPECT_EQ(stack.error().kind, ErrorKind::malformed_input);
        EXPECT_THAT(stack.error().message, HasSubstr(std::string("context ") + key));
        EXPECT_THAT(stack.error().message, HasSubstr("NumberEndPointsInService"));
    }
}

TEST(DeclareSpoke, RequiresWhatAChosenMetricNeeds) {
    const auto stack = declare_spoke(context(spoke_with("metrics", "SSMParamStoreValue")));
    ASSERT_FALSE(stack);
    EXPECT_THAT(stack.error().message, HasSubstr("ssm_parameter"));
    EXPECT_THAT(stack.error().message, HasSubstr("SSMParamStoreValue"));
}

TEST(DeclareSpoke, RefusesASettingThatNoChosenMetricHas) {
    const auto stack = declare_spoke(context(spoke_with("ssm_parameter", "/x")));
    ASSERT_FALSE(stack);
    EXPECT_THAT(stack.error().message, HasSubstr("\"ssm_parameter\""));
    EXPECT_THAT(stack.error().message, HasSubstr("project_name"));
}

TEST(DeclareSpoke, RefusesWildcardsThatWouldWidenThePolicy) {
    for (const auto* value : {"*", "/models/*", "/models/?", "/${aws:username}"}) {
        auto values = spoke_with("ssm_parameter", value);
        values["metrics"] = "SSMParamStoreValue";
        EXPECT_FALSE(declare_spoke(context(values))) << value;
    }
}

TEST(DeclareSpoke, RefusesUnknownMetrics) {
    const auto stack = declare_spoke(context(spoke_with("metrics", "eval('x')")));
    ASSERT_FALSE(stack);
    EXPECT_THAT(stack.error().message, HasSubstr("context metrics"));
    EXPECT_THAT(stack.error().message, HasSubstr("TotalCompletedTrainingJobs"));
}

TEST(DeclareSpoke, RefusesValuesThatAreEmptyLongOrUnprintable) {
    for (const auto& value :
         {std::string(), std::string(1025, 'x'), std::string("a\nb"), std::string("a\0b", 3),
          std::string("\x7f"), std::string("\xff\xfe"), std::string("\xed\xa0\x80")}) {
        const auto stack = declare_spoke(context(spoke_with("project_name", value)));
        ASSERT_FALSE(stack);
        EXPECT_EQ(stack.error().kind, ErrorKind::malformed_input);
        EXPECT_THAT(stack.error().message, HasSubstr("project_name"));
    }
    EXPECT_TRUE(declare_spoke(context(spoke_with("project_name", std::string(1024, 'x')))));
    EXPECT_TRUE(declare_spoke(context(spoke_with("project_name", "Prédiction 流失"))));
}

TEST(DeclareSpoke, RefusesAnotherConnectionThanExisting) {
    EXPECT_FALSE(declare_spoke(context(spoke_with("connection", "new"))));
    EXPECT_TRUE(declare_spoke(context(spoke_with("connection", "existing"))));
}

TEST(Declarations, HaveValidPatternsPoliciesAndNames) {
    for (const auto& stack : {declare_hub(context({{"schedule", "rate(1 hour)"}})).value(),
                              declare_spoke(context(kSpoke)).value()}) {
        for (const auto& rule : stack.rules) {
            EXPECT_NE(rule.event_pattern.empty(), rule.schedule_expression.empty());
            if (!rule.event_pattern.empty()) {
                EXPECT_TRUE(EventPattern::parse(rule.event_pattern)) << rule.event_pattern;
            }
            EXPECT_THAT(function_names(stack), ::testing::Contains(rule.function));
        }
        for (const auto& function : stack.functions) {
            EXPECT_TRUE(IamPolicy::parse(policy_document(function.role.statements)));
            EXPECT_LE(function.role.name.size(), 64U);
            EXPECT_LE(function.timeout_s, 900);
        }
    }
}

TEST(Declarations, SendAFailedEventToTheQueueOfItsRule) {
    for (const auto& stack :
         {declare_hub(context({})).value(), declare_spoke(context(kSpoke)).value()}) {
        for (const auto& rule : stack.rules) {
            EXPECT_FALSE(rule.dead_letter_queue.empty()) << rule.name;
            EXPECT_EQ(function_of(stack, rule.function).dead_letter_queue, rule.dead_letter_queue);
        }
    }
}

TEST(Declarations, UseNoWildcardActions) {
    for (const auto& stack :
         {declare_hub(context({})).value(), declare_spoke(context(kSpoke)).value()}) {
        for (const auto& function : stack.functions) {
            for (const auto& statement : function.role.statements) {
                for (const auto& action : statement.actions) {
                    EXPECT_THAT(action, ::testing::Not(HasSubstr("*"))) << function.name;
                }
            }
        }
    }
}

TEST(ParseKind, KnowsHubAndSpoke) {
    EXPECT_EQ(parse_kind("hub").value(), StackKind::hub);
    EXPECT_EQ(parse_kind("spoke").value(), StackKind::spoke);
    for (const auto* text : {"", "Hub", "both"}) EXPECT_FALSE(parse_kind(text)) << text;
}

}  // namespace
}  // namespace dsdash::stack
