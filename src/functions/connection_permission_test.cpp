#include <fmt/format.h>
#include <gmock/gmock.h>

#include "functions/testing/function_fixture.hpp"

namespace dsdash::functions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kPut = R"({"action":"EBPut"})";

json::object statement(const FunctionFixture& fixture, std::string_view sid) {
    const auto policy = object_of(fixture.event_bridge.policy);
    for (const auto& value : policy.at("Statement").as_array()) {
        if (value.at("Sid").as_string() == sid) return value.as_object();
    }
    return {};
}

void register_spokes(FunctionFixture& fixture, int count) {
    for (int i = 0; i < count; ++i) {
        fixture.parameters.parameters[fmt::format("/monitored_projects/P{:04}/dev", i)] =
            fmt::format("{:012}", 500'000'000'000 + i);
    }
}

TEST(EBPut, AllowsHubsAndSpokesInOneStatementEach) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitored_projects/churn/dev", "222222222222"},
                                     {"/monitored_projects/churn/prod", "333333333333"},
                                     {"/monitors/TestHub", "444444444444"}};
    const auto answer = fixture.answer_of("connection", kPut);
    EXPECT_EQ(answer.at("Action").as_string(), "EBPut");
    EXPECT_THAT(lines(answer), ElementsAre("444444444444 hub created", "222222222222 spoke created",
                                           "333333333333 spoke created"));
    EXPECT_EQ(statement(fixture, "ds-dashboard-connection-spokes"), object_of(R"({
        "Sid":"ds-dashboard-connection-spokes","Effect":"Allow",
        "Principal":{"AWS":["arn:aws:iam::333333333333:root","arn:aws:iam::222222222222:root"]},
        "Action":"events:PutEvents",
        "Resource":"arn:aws:events:eu-west-1:111111111111:event-bus/default"})"));
    EXPECT_FALSE(statement(fixture, "ds-dashboard-connection-hubs").empty());
}

TEST(EBPut, ChangesNothingTheSecondTime) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitors/TestHub", "444444444444"}};
    ASSERT_TRUE(fixture.run("connection", kPut));
    fixture.aws.forget_calls();
    EXPECT_THAT(lines(fixture.answer_of("connection", kPut)),
                ElementsAre("444444444444 hub unchanged"));
    EXPECT_TRUE(fixture.aws.inputs_of("events:PutPermission").empty());
}

TEST(EBPut, TakesOutAccountsWhoseParameterIsGone) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitored_projects/churn/dev", "222222222222"},
                                     {"/monitored_projects/churn/prod", "333333333333"}};
    ASSERT_TRUE(fixture.run("connection", kPut));
    fixture.parameters.parameters.erase("/monitored_projects/churn/dev");
    EXPECT_THAT(lines(fixture.answer_of("connection", kPut)),
                ElementsAre("333333333333 spoke unchanged", "222222222222 spoke removed"));
    EXPECT_THAT(fixture.event_bridge.policy, Not(HasSubstr("222222222222")));
}

TEST(EBPut, KeepsOtherPeoplesStatementsAndVersion) {
    FunctionFixture fixture;
    fixture.event_bridge.policy =
        R"({"Version":"2012-10-17","Id":"theirs","Statement":{"Sid":"222222222222",)"
        R"("Effect":"Deny","Principal":"*","Action":["events:*"],"Resource":"*"}})";
    fixture.parameters.parameters = {{"/monitors/TestHub", "444444444444"}};
    ASSERT_TRUE(fixture.run("connection", kPut));
    EXPECT_EQ(object_of(fixture.event_bridge.policy).at("Id").as_string(), "theirs");
    EXPECT_EQ(statement(fixture, "222222222222"),
              object_of(R"({"Sid":"222222222222","Effect":"Deny","Principal":"*",
                            "Action":["events:*"],"Resource":"*"})"));
}

TEST(EBPut, UnderstandsPrincipalsAsAwsRewritesThem) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitored_projects/churn/dev", "222222222222"},
                                     {"/monitored_projects/churn/prod", "333333333333"}};
    fixture.event_bridge.policy =
        R"({"Version":"2012-10-17","Statement":[{"Sid":"ds-dashboard-connection-spokes",)"
        R"("Effect":"Allow","Principal":{"AWS":["333333333333",)"
        R"("arn:aws:iam::222222222222:root"]},"Action":"events:PutEvents",)"
        R"("Resource":"arn:aws:events:eu-west-1:111111111111:event-bus/default"}]})";
    EXPECT_THAT(lines(fixture.answer_of("connection", kPut)),
                ElementsAre("222222222222 spoke unchanged", "333333333333 spoke unchanged"));
    EXPECT_TRUE(fixture.aws.inputs_of("events:PutPermission").empty());
}

TEST(EBPut, RepairsItsStatementWhenSomebodyChangedIt) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitored_projects/churn/dev", "222222222222"}};
    fixture.event_bridge.policy =
        R"({"Version":"2012-10-17","Statement":[{"Sid":"ds-dashboard-connection-spokes",)"
        R"("Effect":"Allow","Principal":{"AWS":"222222222222"},"Action":"events:*",)"
        R"("Resource":"*"}]})";
    ASSERT_TRUE(fixture.run("connection", kPut));
    EXPECT_EQ(statement(fixture, "ds-dashboard-connection-spokes").at("Action").as_string(),
              "events:PutEvents");
}

TEST(EBPut, FitsTwoHundredAndEightyAccounts) {
    FunctionFixture fixture;
    register_spokes(fixture, 280);
    const auto answer = fixture.answer_of("connection", kPut);
    EXPECT_EQ(answer.at("Accounts").as_array().size(), 280U);
    EXPECT_LE(fixture.event_bridge.policy.size(), 10'240U);
    EXPECT_THAT(fixture.event_bridge.policy, Not(HasSubstr("PrincipalOrgID")));
}

TEST(EBPut, AllowsTheOrganizationWhenTheAccountsDoNotFit) {
    FunctionFixture fixture;
    register_spokes(fixture, 400);
    fixture.parameters.parameters["/ds-dashboard/organization_id"] = "o-a1b2c3d4e5";
    const auto answer = fixture.answer_of("connection", kPut);
    EXPECT_EQ(answer.at("Accounts").as_array().size(), 400U);
    EXPECT_EQ(lines(answer).front(), "500000000000 spoke created");
    const auto made = statement(fixture, "ds-dashboard-connection-spokes");
    EXPECT_EQ(made.at("Principal").as_string(), "*");
    EXPECT_EQ(made.at("Condition"),
              object_of(R"({"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}})"));
    fixture.aws.forget_calls();
    EXPECT_EQ(lines(fixture.answer_of("connection", kPut)).front(), "500000000000 spoke unchanged");
    EXPECT_TRUE(fixture.aws.inputs_of("events:PutPermission").empty());
}

TEST(EBPut, KeepsListingAHubThatNeedNotBelongToTheOrganization) {
    FunctionFixture fixture;
    register_spokes(fixture, 400);
    fixture.parameters.parameters["/monitors/TestHub"] = "444444444444";
    fixture.parameters.parameters["/ds-dashboard/organization_id"] = "o-a1b2c3d4e5";
    ASSERT_TRUE(fixture.run("connection", kPut));
    EXPECT_EQ(statement(fixture, "ds-dashboard-connection-hubs").at("Principal"),
              object_of(R"({"AWS":"arn:aws:iam::444444444444:root"})"));
    EXPECT_EQ(statement(fixture, "ds-dashboard-connection-spokes").at("Principal"), "*");
}

TEST(EBPut, AllowsTheOrganizationForBothRolesWhenNeitherListFits) {
    FunctionFixture fixture;
    register_spokes(fixture, 400);
    for (int i = 0; i < 300; ++i) {
        fixture.parameters.parameters[fmt::format("/monitors/H{}", i)] =
            fmt::format("{:012}", 600'000'000'000 + i);
    }
    fixture.parameters.parameters["/ds-dashboard/organization_id"] = "o-a1b2c3d4e5";
    ASSERT_TRUE(fixture.run("connection", kPut));
    for (const auto* sid : {"ds-dashboard-connection-hubs", "ds-dashboard-connection-spokes"}) {
        EXPECT_EQ(statement(fixture, sid).at("Principal"), "*") << sid;
    }
}

TEST(EBPut, UnderstandsTheOrganizationAsAwsRewritesIt) {
    FunctionFixture fixture;
    register_spokes(fixture, 400);
    fixture.parameters.parameters["/ds-dashboard/organization_id"] = "o-a1b2c3d4e5";
    ASSERT_TRUE(fixture.run("connection", kPut));
    auto policy = object_of(fixture.event_bridge.policy);
    policy["Statement"].at(0).as_object()["Principal"] = {{"AWS", "*"}};
    fixture.event_bridge.policy = json::serialize(policy);
    fixture.aws.forget_calls();
    ASSERT_TRUE(fixture.run("connection", kPut));
    EXPECT_TRUE(fixture.aws.inputs_of("events:PutPermission").empty());
}

TEST(EBPut, AsksForTheOrganizationOnlyWhenTheAccountsDoNotFit) {
    FunctionFixture fixture;
    const Error denied{ErrorKind::denied,
                       "not authorized to perform: ssm:GetParameter",
                       "AccessDeniedException",
                       {},
                       {}};
    fixture.parameters.get_failure = denied;
    register_spokes(fixture, 280);
    EXPECT_TRUE(fixture.run("connection", kPut));
    register_spokes(fixture, 400);
    const auto answer = fixture.run("connection", kPut);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::denied);
    EXPECT_THAT(answer.error().message, HasSubstr("ssm:GetParameter"));
}

TEST(EBPut, ReturnsToAListWhenTheAccountsFitAgain) {
    FunctionFixture fixture;
    register_spokes(fixture, 400);
    fixture.parameters.parameters["/ds-dashboard/organization_id"] = "o-a1b2c3d4e5";
    ASSERT_TRUE(fixture.run("connection", kPut));
    fixture.parameters.parameters.clear();
    register_spokes(fixture, 1);
    EXPECT_THAT(lines(fixture.answer_of("connection", kPut)),
                ElementsAre("500000000000 spoke created"));
    EXPECT_THAT(fixture.event_bridge.policy, Not(HasSubstr("PrincipalOrgID")));
}

TEST(EBPut, RefusesWhatDoesNotFitAndKeepsWhatIsThere) {
    FunctionFixture fixture;
    register_spokes(fixture, 200);
    ASSERT_TRUE(fixture.run("connection", kPut));
    const auto before = fixture.event_bridge.policy;
    register_spokes(fixture, 400);
    const auto answer = fixture.answer_of("connection", kPut);
    EXPECT_EQ(fixture.event_bridge.policy, before);
    EXPECT_EQ(lines(answer).front(), "500000000000 spoke unchanged");
    EXPECT_EQ(lines(answer).back(), "500000000399 spoke failed");
    EXPECT_THAT(std::string(answer.at("Accounts").as_array().back().at("Message").as_string()),
                HasSubstr("/ds-dashboard/organization_id"));
}

TEST(EBPut, RefusesAnOrganizationIdThatIsNone) {
    for (const auto* id : {"", "o-", "*", "o-SHOUT12345", "r-a1b2c3d4e5", "o-a1b2c3d4e5\""}) {
        FunctionFixture fixture;
        register_spokes(fixture, 400);
        fixture.parameters.parameters["/ds-dashboard/organization_id"] = id;
        const auto answer = fixture.run("connection", kPut);
        ASSERT_FALSE(answer) << id;
        EXPECT_THAT(answer.error().message, HasSubstr("/ds-dashboard/organization_id"));
        EXPECT_EQ(fixture.event_bridge.policy, "");
    }
}

TEST(EBPut, CountsOtherPeoplesStatementsInTheLimit) {
    FunctionFixture fixture;
    fixture.event_bridge.policy =
        fmt::format(R"({{"Version":"2012-10-17","Statement":[{{"Sid":"{}","Effect":"Deny"}}]}})",
                    std::string(10'000, 'x'));
    fixture.parameters.parameters = {{"/monitors/TestHub", "444444444444"}};
    EXPECT_THAT(lines(fixture.answer_of("connection", kPut)),
                ElementsAre("444444444444 hub failed"));
}

TEST(EBPut, ReadsThePolicyAgainWhenSomebodyWasFaster) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitors/TestHub", "444444444444"}};
    fixture.event_bridge.concurrent_changes = 2;
    EXPECT_THAT(lines(fixture.answer_of("connection", kPut)),
                ElementsAre("444444444444 hub created"));
    EXPECT_EQ(fixture.aws.inputs_of("events:DescribeEventBus").size(), 3U);
    EXPECT_EQ(fixture.clock.time - FakeClock().time, std::chrono::milliseconds(150));
}

TEST(EBPut, GivesUpWhenSomebodyIsAlwaysFaster) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitors/TestHub", "444444444444"}};
    fixture.event_bridge.concurrent_changes = 1000;
    const auto answer = fixture.run("connection", kPut);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "ConcurrentModificationException");
}

TEST(EBPut, RefusesABusPolicyThatItCannotRead) {
    for (const auto* policy : {"[", "[]", R"({"Statement":[1]})", R"({"Statement":"x"})"}) {
        FunctionFixture fixture;
        fixture.event_bridge.policy = policy;
        EXPECT_FALSE(fixture.run("connection", kPut)) << policy;
        EXPECT_EQ(fixture.event_bridge.policy, policy);
    }
}

}  // namespace
}  // namespace dsdash::functions
