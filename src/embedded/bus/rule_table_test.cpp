#include "embedded/bus/rule_table.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/bus_fixture.hpp"

namespace dsdash::embedded {
namespace {

class RuleTableTest : public BusFixture {
  protected:
    RuleTable& rules() { return hub().bus().rules(); }

    static Rule rule(std::string name, std::string pattern = R"({"source":["m"]})") {
        Rule rule;
        rule.name = std::move(name);
        rule.event_pattern = std::move(pattern);
        return rule;
    }
    Target target(std::string id) {
        Target target = function_target(hub(), "archive");
        target.id = std::move(id);
        return target;
    }
    Result<void> put_target(const Target& target) { return rules().put_targets("r", {&target, 1}); }
    std::vector<std::string> names(std::string_view prefix, std::string_view after,
                                   std::size_t rules_max) {
        std::vector<std::string> names;
        const auto page = rules().list_rules(prefix, after, rules_max).value();
        for (const auto& rule : page) names.push_back(rule.name);
        return names;
    }
};

TEST_F(RuleTableTest, KeepsARuleAsItWasPut) {
    Rule put = rule("r");
    put.schedule_expression = "rate(1 hour)";
    put.enabled = false;
    put.description = "why";
    put.role_arn = "arn:aws:iam::111111111111:role/x";
    ASSERT_TRUE(rules().put_rule(put));
    open();
    const Rule found = rules().find_rule("r").value();
    EXPECT_EQ(found.event_pattern, put.event_pattern);
    EXPECT_EQ(found.schedule_expression, put.schedule_expression);
    EXPECT_FALSE(found.enabled);
    EXPECT_EQ(found.description, "why");
    EXPECT_EQ(found.role_arn, put.role_arn);
}

TEST_F(RuleTableTest, MatchesWithThePatternOfTheLastPut) {
    add_function(hub(), "archive");
    ASSERT_TRUE(rules().put_rule(rule("r")));
    ASSERT_TRUE(put_target(target("a")));
    ASSERT_TRUE(rules().put_rule(rule("r", R"({"source":["other"]})")));
    put(hub(), "m");
    put(hub(), "other");
    engine_->run_due();
    ASSERT_EQ(runtime_.delivered().size(), 1U);
    EXPECT_EQ(runtime_.delivered()[0].source, "other");
}

TEST_F(RuleTableTest, ADisabledRuleMatchesNothingUntilItIsEnabled) {
    add_function(hub(), "archive");
    ASSERT_TRUE(rules().put_rule(rule("r")));
    ASSERT_TRUE(put_target(target("a")));
    ASSERT_TRUE(rules().set_enabled("r", false));
    put(hub(), "m");
    EXPECT_EQ(engine_->run_due(), 0U);
    ASSERT_TRUE(rules().set_enabled("r", true));
    put(hub(), "m");
    EXPECT_EQ(engine_->run_due(), 1U);
}

TEST_F(RuleTableTest, RefusesTheRoleOfAnotherAccount) {
    ASSERT_TRUE(rules().put_rule(rule("r")));
    Target with_foreign_role = bus_target(hub(), dev());
    with_foreign_role.role_arn = "arn:aws:iam::333333333333:role/trusted";
    const auto target_refused = put_target(with_foreign_role);
    ASSERT_FALSE(target_refused);
    EXPECT_EQ(target_refused.error().code, "AccessDeniedException");
    EXPECT_EQ(target_refused.error().message, "Cross-account pass role is not allowed.");
    Rule of_foreign_role = rule("s");
    of_foreign_role.role_arn = with_foreign_role.role_arn;
    EXPECT_EQ(rules().put_rule(of_foreign_role).error().code, "AccessDeniedException");
}

TEST_F(RuleTableTest, TakesPatternsOfUpTo2048Characters) {
    const auto pattern = [](std::size_t characters) {
        const std::string around = R"({"source":["é"]})";
        return fmt::format(R"({{"source":["é{}"]}})",
                           std::string(characters - around.size() + 1, 'x'));
    };
    EXPECT_TRUE(rules().put_rule(rule("r", pattern(2'048))));
    EXPECT_EQ(rules().put_rule(rule("r", pattern(2'049))).error().code,
              "InvalidEventPatternException");
}

TEST_F(RuleTableTest, RefusesMalformedRulesAndKeepsNothing) {
    struct Case {
        Rule rule;
        std::string_view said;
    };
    Rule nothing = rule("r", "");
    Rule long_description = rule("r");
    long_description.description = std::string(513, 'x');
    Rule bad_role = rule("r");
    bad_role.role_arn = "arn:aws:iam::111111111111:user/x";
    Rule cron = rule("r");
    cron.schedule_expression = "cron(0 12 * * ? *)";
    const std::vector<Case> cases{
        {rule(""), "Name"},
        {rule(std::string(65, 'n')), "Name"},
        {rule("a b"), "Name"},
        {rule("ä"), "Name"},
        {rule("a/b"), "Name"},
        {nothing, "EventPattern or ScheduleExpression"},
        {rule("r", "{"), ""},
        {rule("r", "{}"), ""},
        {rule("r", R"({"source":"m"})"), ""},
        {long_description, "Description"},
        {bad_role, "RoleArn"},
        {cron, "ScheduleExpression"},
    };
    for (const auto& [bad, said] : cases) {
        const auto refused = rules().put_rule(bad);
        ASSERT_FALSE(refused) << bad.name << bad.event_pattern;
        EXPECT_EQ(refused.error().kind, ErrorKind::malformed_input);
        EXPECT_NE(refused.error().message.find(said), std::string::npos) << refused.error().message;
    }
    EXPECT_EQ(rules().put_rule(rule("r", "{")).error().code, "InvalidEventPatternException");
    EXPECT_TRUE(names("", "", 10).empty());
}

TEST_F(RuleTableTest, HoldsThreeHundredRules) {
    for (int i = 0; i < 300; ++i) ASSERT_TRUE(rules().put_rule(rule(fmt::format("r{}", i))));
    const auto refused = rules().put_rule(rule("one-more"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "LimitExceededException");
    EXPECT_TRUE(rules().put_rule(rule("r7")));  // replaces
    EXPECT_EQ(names("", "", 1'000).size(), 300U);
}

TEST_F(RuleTableTest, ListsByPrefixInPages) {
    for (const auto* name : {"b1", "a2", "a1", "a_3", "A1"}) {
        ASSERT_TRUE(rules().put_rule(rule(name)));
    }
    using Names = std::vector<std::string>;
    EXPECT_EQ(names("", "", 10), (Names{"A1", "a1", "a2", "a_3", "b1"}));
    EXPECT_EQ(names("a", "", 2), (Names{"a1", "a2"}));
    EXPECT_EQ(names("a", "a2", 2), Names{"a_3"});
    EXPECT_EQ(names("a_", "", 10), Names{"a_3"});
    EXPECT_EQ(names("%", "", 10), Names{});
}

TEST_F(RuleTableTest, RemovesARuleOnlyWithoutTargets) {
    ASSERT_TRUE(rules().put_rule(rule("r")));
    ASSERT_TRUE(put_target(target("a")));
    const auto refused = rules().remove_rule("r");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "Rule can't be deleted since it has targets.");
    const std::string id = "a";
    EXPECT_EQ(rules().remove_targets("r", {&id, 1}).value(), std::vector<std::string>{});
    EXPECT_TRUE(rules().remove_rule("r"));
    EXPECT_TRUE(rules().remove_rule("r"));  // as EventBridge: gone is gone
    EXPECT_EQ(rules().find_rule("r").error().code, "ResourceNotFoundException");
}

TEST_F(RuleTableTest, HoldsFiveTargetsARule) {
    ASSERT_TRUE(rules().put_rule(rule("r")));
    std::vector<Target> targets;
    for (const auto* id : {"a", "b", "c", "d", "e", "f"}) targets.push_back(target(id));
    const auto refused = rules().put_targets("r", targets);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "LimitExceededException");
    EXPECT_TRUE(rules().list_targets("r").value().empty());
    targets.pop_back();
    EXPECT_TRUE(rules().put_targets("r", targets));
    EXPECT_TRUE(put_target(target("c")));  // replaces
    EXPECT_EQ(rules().list_targets("r").value().size(), 5U);
}

TEST_F(RuleTableTest, RefusesMalformedTargets) {
    ASSERT_TRUE(rules().put_rule(rule("r")));
    const auto refuse = [&](const Target& bad, std::string_view said) {
        const auto refused = put_target(bad);
        ASSERT_FALSE(refused) << bad.arn;
        EXPECT_EQ(refused.error().kind, ErrorKind::malformed_input);
        EXPECT_NE(refused.error().message.find(said), std::string::npos) << refused.error().message;
    };
    refuse(target(""), "Id");
    refuse(target("a b"), "Id");
    for (const auto* arn :
         {"", "archive", "arn:aws:lambda", "arn:aws:lambda:eu-west-1:222222222222:function:archive",
          "arn:aws:lambda:us-east-1:111111111111:function:archive",
          "arn:aws:sqs:eu-west-1:111111111111:q",
          "arn:aws:events:eu-west-1:222222222222:event-bus/other",
          "arn:aws:events:eu-west-1:22222222222x:event-bus/default",
          "arn:aws-cn:events:eu-west-1:222222222222:event-bus/default"}) {
        Target bad = target("a");
        bad.arn = arn;
        bad.role_arn = "arn:aws:iam::111111111111:role/x";
        refuse(bad, "Arn must be");
    }
    Target own_bus = bus_target(hub(), hub());
    refuse(own_bus, "cannot be its own target");
    Target no_role = bus_target(hub(), dev());
    no_role.role_arn.clear();
    refuse(no_role, "RoleArn is required");
    Target bad_role = bus_target(hub(), dev());
    bad_role.role_arn = "role";
    refuse(bad_role, "RoleArn");
    for (const int retries : {-1, 186}) {
        Target bad = target("a");
        bad.retry_attempts_max = retries;
        refuse(bad, "MaximumRetryAttempts");
    }
    for (const int age : {59, 86'401}) {
        Target bad = target("a");
        bad.event_age_max_s = age;
        refuse(bad, "MaximumEventAgeInSeconds");
    }
}

TEST_F(RuleTableTest, TargetsNeedTheirRule) {
    EXPECT_EQ(put_target(target("a")).error().code, "ResourceNotFoundException");
    EXPECT_EQ(rules().list_targets("r").error().code, "ResourceNotFoundException");
    const std::string id = "a";
    EXPECT_EQ(rules().remove_targets("r", {&id, 1}).error().code, "ResourceNotFoundException");
    EXPECT_EQ(rules().set_enabled("r", true).error().code, "ResourceNotFoundException");
}

TEST_F(RuleTableTest, NamesTheIdsThatWereNotThere) {
    ASSERT_TRUE(rules().put_rule(rule("r")));
    ASSERT_TRUE(put_target(target("a")));
    const std::vector<std::string> ids{"x", "a", "y"};
    EXPECT_EQ(rules().remove_targets("r", ids).value(), (std::vector<std::string>{"x", "y"}));
    EXPECT_TRUE(rules().list_targets("r").value().empty());
}

TEST_F(RuleTableTest, WhatWaitsForARemovedTargetBecomesADeadLetter) {
    add_function(hub(), "archive");
    ASSERT_TRUE(rules().put_rule(rule("r")));
    ASSERT_TRUE(put_target(target("a")));
    ASSERT_TRUE(put_target(target("b")));
    const auto id = put(hub(), "m");
    const std::string removed = "a";
    ASSERT_TRUE(rules().remove_targets("r", {&removed, 1}));
    EXPECT_EQ(engine_->run_due(), 1U);  // b's
    const auto dead = letters(hub());
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].target_id, "a");
    EXPECT_EQ(dead[0].error_code, "NO_RESOURCE");
    EXPECT_EQ(Event::from_json(dead[0].body)->id, id);

    const auto number = dead[0].number;
    EXPECT_EQ(hub().dead_letters().replay(hub().bus(), {&number, 1}).at(0).error().kind,
              ErrorKind::not_found);
    EXPECT_EQ(letters(hub()).size(), 1U);
    ASSERT_TRUE(put_target(target("a")));
    EXPECT_TRUE(hub().dead_letters().replay(hub().bus(), {&number, 1}).at(0));
    EXPECT_EQ(engine_->run_due(), 1U);
}

}  // namespace
}  // namespace dsdash::embedded
