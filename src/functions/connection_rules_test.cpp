#include <fmt/format.h>
#include <gmock/gmock.h>

#include "functions/event_patterns.hpp"
#include "functions/testing/function_fixture.hpp"

namespace dsdash::functions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kRule = R"({"action":"EBRule"})";

void register_spokes(FunctionFixture& fixture, int count) {
    for (int i = 0; i < count; ++i) {
        fixture.parameters.parameters[fmt::format("/monitored_projects/P{:02}/dev", i)] =
            fmt::format("{:012}", 500'000'000'000 + i);
    }
}

/// "fetch-1: 500000000000 500000000001" for each rule.
std::vector<std::string> layout(const FunctionFixture& fixture) {
    std::vector<std::string> out;
    for (const auto& [name, rule] : fixture.event_bridge.rules) {
        auto line = name + ":";
        for (const auto& [id, target] : rule.targets) line += " " + id;
        out.push_back(line);
    }
    return out;
}

TEST(EBRule, ForwardsFetchEventsToSpokesWithARole) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitored_projects/churn/dev", "222222222222"}};
    EXPECT_THAT(lines(fixture.answer_of("connection", kRule)),
                ElementsAre("222222222222 spoke created"));
    const auto& rule = fixture.event_bridge.rules.at("forward-ds-dashboard-fetch-1");
    EXPECT_EQ(rule.event_pattern, kExtractionPattern);
    EXPECT_EQ(rule.targets.at("222222222222"), object_of(R"({"Id":"222222222222",
        "Arn":"arn:aws:events:eu-west-1:222222222222:event-bus/default",
        "RoleArn":"arn:aws:iam::111111111111:role/ds-dashboard-event-forwarding",
        "DeadLetterConfig":{"Arn":
            "arn:aws:sqs:eu-west-1:111111111111:ds-dashboard-forwarding-dead-letters"}})"));
}

TEST(EBRule, ForwardsResultsToHubs) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitors/TestHub", "444444444444"}};
    EXPECT_THAT(lines(fixture.answer_of("connection", kRule)),
                ElementsAre("444444444444 hub created"));
    EXPECT_EQ(fixture.event_bridge.rules.at("forward-ds-dashboard-metrics-1").event_pattern,
              kResultsPattern);
}

TEST(EBRule, PutsFiveTargetsInEachRule) {
    FunctionFixture fixture;
    register_spokes(fixture, 11);
    EXPECT_EQ(lines(fixture.answer_of("connection", kRule)).size(), 11U);
    EXPECT_THAT(layout(fixture),
                ElementsAre("forward-ds-dashboard-fetch-1: 500000000000 500000000001 "
                            "500000000002 500000000003 500000000004",
                            "forward-ds-dashboard-fetch-2: 500000000005 500000000006 "
                            "500000000007 500000000008 500000000009",
                            "forward-ds-dashboard-fetch-3: 500000000010"));
}

TEST(EBRule, ChangesNothingTheSecondTime) {
    FunctionFixture fixture;
    register_spokes(fixture, 7);
    ASSERT_TRUE(fixture.run("connection", kRule));
    fixture.aws.forget_calls();
    for (const auto& line : lines(fixture.answer_of("connection", kRule))) {
        EXPECT_THAT(line, HasSubstr("spoke unchanged"));
    }
    for (const auto* change : {"PutRule", "PutTargets", "RemoveTargets", "DeleteRule"}) {
        EXPECT_THAT(fixture.aws.inputs_of(fmt::format("events:{}", change)), IsEmpty()) << change;
    }
}

TEST(EBRule, FillsFreePlacesAndLeavesTheOthersAlone) {
    FunctionFixture fixture;
    register_spokes(fixture, 7);
    ASSERT_TRUE(fixture.run("connection", kRule));
    fixture.parameters.parameters.erase("/monitored_projects/P01/dev");
    fixture.parameters.parameters["/monitored_projects/New/dev"] = "600000000000";
    ASSERT_TRUE(fixture.run("connection", kRule));
    EXPECT_THAT(layout(fixture),
                ElementsAre("forward-ds-dashboard-fetch-1: 500000000000 500000000002 "
                            "500000000003 500000000004 600000000000",
                            "forward-ds-dashboard-fetch-2: 500000000005 500000000006"));
}

TEST(EBRule, DeletesRulesThatForwardToNobody) {
    FunctionFixture fixture;
    register_spokes(fixture, 1);
    ASSERT_TRUE(fixture.run("connection", kRule));
    fixture.parameters.parameters.clear();
    EXPECT_THAT(lines(fixture.answer_of("connection", kRule)),
                ElementsAre("500000000000 spoke removed"));
    EXPECT_THAT(layout(fixture), IsEmpty());
}

TEST(EBRule, TellsOfARuleThatIsEmptyAndStays) {
    FunctionFixture fixture;
    register_spokes(fixture, 1);
    ASSERT_TRUE(fixture.run("connection", kRule));
    fixture.parameters.parameters.clear();
    fixture.aws.on("events:DeleteRule", [](const auto&) -> Result<json::object> {
        return fail(ErrorKind::denied, "no", "AccessDeniedException");
    });
    const auto answer = fixture.answer_of("connection", kRule);
    EXPECT_THAT(lines(answer), ElementsAre("500000000000 spoke failed"));
    EXPECT_EQ(answer.at("Accounts").at(0).at("Message").as_string(),
              "rule forward-ds-dashboard-fetch-1 is empty and cannot be deleted: no");
    // Nobody is left to tell it of.
    const auto again = fixture.run("connection", kRule);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::denied);
}

TEST(EBRule, ReportsAnAccountThatDoesNotAllowItYetAndConnectsTheOthers) {
    FunctionFixture fixture;
    register_spokes(fixture, 3);
    fixture.event_bridge.closed_accounts = {"500000000001"};
    const auto answer = fixture.answer_of("connection", kRule);
    EXPECT_THAT(lines(answer),
                ElementsAre("500000000000 spoke created", "500000000001 spoke failed",
                            "500000000002 spoke created"));
    EXPECT_THAT(std::string(answer.at("Accounts").at(1).at("Message").as_string()),
                HasSubstr("500000000001 does not allow it"));
}

TEST(EBRule, LeavesNoEmptyRuleBehindWhenEveryoneRefuses) {
    FunctionFixture fixture;
    register_spokes(fixture, 1);
    fixture.event_bridge.closed_accounts = {"500000000000"};
    ASSERT_TRUE(fixture.run("connection", kRule));
    EXPECT_THAT(layout(fixture), IsEmpty());
}

TEST(EBRule, ReportsWhoFindsNoRoomOnAFullBus) {
    FunctionFixture fixture;
    register_spokes(fixture, 6);
    fixture.event_bridge.rules_max = 1;
    EXPECT_EQ(lines(fixture.answer_of("connection", kRule)).back(), "500000000005 spoke failed");
}

TEST(EBRule, RepairsADisabledRuleAndAnOldPattern) {
    FunctionFixture fixture;
    register_spokes(fixture, 1);
    ASSERT_TRUE(fixture.run("connection", kRule));
    auto& rule = fixture.event_bridge.rules.at("forward-ds-dashboard-fetch-1");
    rule.state = "DISABLED";
    EXPECT_THAT(lines(fixture.answer_of("connection", kRule)),
                ElementsAre("500000000000 spoke created"));
    EXPECT_EQ(rule.state, "ENABLED");
    rule.event_pattern = R"({"source":["old"]})";
    ASSERT_TRUE(fixture.run("connection", kRule));
    EXPECT_EQ(rule.event_pattern, kExtractionPattern);
}

TEST(EBRule, TakesTheSamePatternInAnotherSpellingForTheSame) {
    FunctionFixture fixture;
    register_spokes(fixture, 1);
    ASSERT_TRUE(fixture.run("connection", kRule));
    auto& rule = fixture.event_bridge.rules.at("forward-ds-dashboard-fetch-1");
    rule.event_pattern = " " + rule.event_pattern + "\n";
    EXPECT_THAT(lines(fixture.answer_of("connection", kRule)),
                ElementsAre("500000000000 spoke unchanged"));
}

TEST(EBRule, RepairsATargetInItsPlace) {
    for (const auto* field : {"Arn", "RoleArn", "DeadLetterConfig"}) {
        FunctionFixture fixture;
        register_spokes(fixture, 7);
        ASSERT_TRUE(fixture.run("connection", kRule));
        auto& targets = fixture.event_bridge.rules.at("forward-ds-dashboard-fetch-2").targets;
        const auto whole = targets.at("500000000006");
        targets.at("500000000006").erase(field);
        const auto before = layout(fixture);
        fixture.aws.forget_calls();
        const auto answer = fixture.answer_of("connection", kRule);
        EXPECT_EQ(lines(answer).back(), "500000000006 spoke created") << field;
        EXPECT_EQ(answer.at("Accounts").as_array().back().at("Message").as_string(),
                  "its target had been changed and is repaired")
            << field;
        EXPECT_EQ(targets.at("500000000006"), whole) << field;
        EXPECT_EQ(layout(fixture), before) << field;
        // Nothing is lost meanwhile: it is never taken out.
        EXPECT_THAT(fixture.aws.inputs_of("events:RemoveTargets"), IsEmpty()) << field;
    }
}

TEST(EBRule, LeavesAQueueAndRetriesThatSomebodyElseHasSet) {
    FunctionFixture fixture;
    register_spokes(fixture, 1);
    ASSERT_TRUE(fixture.run("connection", kRule));
    auto& targets = fixture.event_bridge.rules.at("forward-ds-dashboard-fetch-1").targets;
    auto as_set = targets.at("500000000000");
    as_set["DeadLetterConfig"] = object_of(R"({"Arn":"arn:aws:sqs:eu-west-1:111111111111:mine"})");
    as_set["RetryPolicy"] = object_of(R"({"MaximumRetryAttempts":3})");
    targets.at("500000000000") = as_set;
    EXPECT_THAT(lines(fixture.answer_of("connection", kRule)),
                ElementsAre("500000000000 spoke unchanged"));

    // They stay when something else has to be repaired.
    targets.at("500000000000").erase("RoleArn");
    EXPECT_THAT(lines(fixture.answer_of("connection", kRule)),
                ElementsAre("500000000000 spoke created"));
    EXPECT_EQ(targets.at("500000000000"), as_set);
}

TEST(EBRule, RemovesATargetThatIsOutdatedAndWantedNoMore) {
    FunctionFixture fixture;
    register_spokes(fixture, 2);
    ASSERT_TRUE(fixture.run("connection", kRule));
    fixture.event_bridge.rules.at("forward-ds-dashboard-fetch-1")
        .targets.at("500000000001")
        .erase("RoleArn");
    fixture.parameters.parameters.erase("/monitored_projects/P01/dev");
    EXPECT_THAT(lines(fixture.answer_of("connection", kRule)),
                ElementsAre("500000000001 spoke removed", "500000000000 spoke unchanged"));
    EXPECT_THAT(layout(fixture), ElementsAre("forward-ds-dashboard-fetch-1: 500000000000"));
}

TEST(EBRule, LeavesOtherPeoplesRulesAndTargetsAlone) {
    FunctionFixture fixture;
    register_spokes(fixture, 1);
    const FakeEventBridge::Rule theirs{
        "{}", "ENABLED", {{"x", object_of(R"({"Id":"x","Arn":"arn:aws:sqs:eu-west-1:1:q"})")}}};
    fixture.event_bridge.rules = {{"forwardTo500000000000MetricValues", theirs},
                                  {"forward-ds-dashboard-fetch-01", theirs},
                                  {"forward-ds-dashboard-fetch-mine", theirs},
                                  {"forward-ds-dashboard-fetch-99999999999", theirs},
                                  {"forward-ds-dashboard-fetch-1", theirs}};
    ASSERT_TRUE(fixture.run("connection", kRule));
    ASSERT_TRUE(fixture.run("connection", R"({"action":"Disconnect"})"));
    EXPECT_THAT(
        layout(fixture),
        ElementsAre("forward-ds-dashboard-fetch-01: x", "forward-ds-dashboard-fetch-1: x",
                    "forward-ds-dashboard-fetch-99999999999: x",
                    "forward-ds-dashboard-fetch-mine: x", "forwardTo500000000000MetricValues: x"));
}

TEST(EBRule, HandsOnAFailureToReadTheRules) {
    FunctionFixture fixture;
    fixture.aws.script("events:ListRules", {fail(ErrorKind::throttled, "slow down", "Throttling")});
    const auto answer = fixture.run("connection", kRule);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::throttled);
}

TEST(EBRule, ReportsEntriesThatPutTargetsRefused) {
    FunctionFixture fixture;
    register_spokes(fixture, 1);
    fixture.aws.script("events:PutTargets",
                       {object_of(R"({"FailedEntryCount":1,"FailedEntries":[{"TargetId":"x",
                           "ErrorCode":"LimitExceeded","ErrorMessage":"no more"}]})")});
    const auto answer = fixture.answer_of("connection", kRule);
    EXPECT_THAT(lines(answer), ElementsAre("500000000000 spoke failed"));
    EXPECT_EQ(answer.at("Accounts").at(0).at("Message").as_string(), "no more");
}

TEST(EBRule, ReportsTargetsThatCannotBeRemoved) {
    FunctionFixture fixture;
    register_spokes(fixture, 1);
    ASSERT_TRUE(fixture.run("connection", kRule));
    fixture.parameters.parameters.clear();
    fixture.aws.script("events:RemoveTargets", {fail(ErrorKind::throttled, "slow down")});
    EXPECT_THAT(lines(fixture.answer_of("connection", kRule)),
                ElementsAre("500000000000 spoke failed"));
    EXPECT_EQ(fixture.event_bridge.rules.size(), 1U);
}

}  // namespace
}  // namespace dsdash::functions
