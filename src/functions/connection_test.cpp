#include "functions/connection.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "functions/testing/function_fixture.hpp"

namespace dsdash::functions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kPut = R"({"action":"EBPut"})";
constexpr std::string_view kRule = R"({"action":"EBRule"})";
/// A statement of somebody else's.
constexpr std::string_view kTheirs =
    R"({"Sid":"theirs","Effect":"Allow","Principal":"*","Action":"events:PutEvents",)"
    R"("Resource":"arn:aws:events:eu-west-1:111111111111:event-bus/default"})";
constexpr std::string_view kDisconnect = R"({"action":"Disconnect"})";

struct Connected : ::testing::Test {
    Connected() {
        fixture.parameters.parameters = {{"/monitored_projects/churn/dev", "222222222222"},
                                         {"/monitored_projects/churn/prod", "333333333333"},
                                         {"/monitors/TestHub", "222222222222"}};
        EXPECT_TRUE(fixture.run("connection", kPut));
        EXPECT_TRUE(fixture.run("connection", kRule));
    }
    FunctionFixture fixture;
};

using ConnectionDisconnect = Connected;

TEST_F(ConnectionDisconnect, RemovesAllThatItMade) {
    EXPECT_THAT(lines(fixture.answer_of("connection", kDisconnect)),
                ElementsAre("222222222222 hub removed", "222222222222 spoke removed",
                            "333333333333 spoke removed"));
    EXPECT_EQ(fixture.event_bridge.policy, "");
    EXPECT_THAT(fixture.event_bridge.rules, IsEmpty());
    EXPECT_THAT(lines(fixture.answer_of("connection", kDisconnect)), IsEmpty());
}

TEST_F(ConnectionDisconnect, RemovesOneAccountInBothItsRoles) {
    EXPECT_THAT(lines(fixture.answer_of("connection",
                                        R"({"action":"Disconnect","account":"222222222222"})")),
                ElementsAre("222222222222 hub removed", "222222222222 spoke removed"));
    EXPECT_THAT(fixture.event_bridge.policy, HasSubstr("333333333333"));
    ASSERT_EQ(fixture.event_bridge.rules.size(), 1U);
    EXPECT_EQ(fixture.event_bridge.rules.begin()->second.targets.count("333333333333"), 1U);
}

TEST_F(ConnectionDisconnect, SaysThatAParameterWouldConnectItAgain) {
    const auto answer = fixture.answer_of("connection", kDisconnect);
    EXPECT_THAT(std::string(answer.at("Accounts").at(0).at("Message").as_string()),
                HasSubstr("parameter is still there"));
}

TEST_F(ConnectionDisconnect, KeepsWhatOthersMade) {
    auto policy = object_of(fixture.event_bridge.policy);
    policy["Statement"].as_array().emplace_back(object_of(kTheirs));
    fixture.event_bridge.policy = json::serialize(policy);
    ASSERT_TRUE(fixture.run("connection", kDisconnect));
    EXPECT_EQ(fixture.event_bridge.policy,
              fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", kTheirs));
}

// moto's PutPermission keeps the statements that its Policy leaves out.
TEST_F(ConnectionDisconnect, RemovesItsStatementsByTheirIds) {
    auto policy = object_of(fixture.event_bridge.policy);
    policy["Statement"].as_array().emplace_back(object_of(kTheirs));
    fixture.event_bridge.policy = json::serialize(policy);
    fixture.aws.forget_calls();
    ASSERT_TRUE(fixture.run("connection", kDisconnect));
    EXPECT_THAT(fixture.aws.inputs_of("events:PutPermission"), IsEmpty());
    EXPECT_EQ(fixture.aws.inputs_of("events:RemovePermission").size(), 2U);
}

TEST_F(ConnectionDisconnect, TellsNothingOfAnAccountThatWasNotConnected) {
    EXPECT_THAT(lines(fixture.answer_of("connection",
                                        R"({"action":"Disconnect","account":"999999999999"})")),
                IsEmpty());
    EXPECT_EQ(fixture.event_bridge.rules.size(), 2U);
}

TEST_F(ConnectionDisconnect, FailsForOneAccountOfAnAllowedOrganization) {
    for (int i = 0; i < 400; ++i) {
        fixture.parameters.parameters[fmt::format("/monitored_projects/P{}/dev", i)] =
            fmt::format("{:012}", 500'000'000'000 + i);
    }
    fixture.parameters.parameters["/ds-dashboard/organization_id"] = "o-a1b2c3d4e5";
    ASSERT_TRUE(fixture.run("connection", kPut));
    const auto answer =
        fixture.answer_of("connection", R"({"action":"Disconnect","account":"333333333333"})");
    EXPECT_THAT(lines(answer), ::testing::Contains("333333333333 spoke failed"));
    ASSERT_TRUE(fixture.run("connection", kDisconnect));
    EXPECT_EQ(fixture.event_bridge.policy, "");
}

TEST(Connection, ConnectsOneAccountAsHubAndAsSpoke) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitored_projects/churn/dev", "222222222222"},
                                     {"/monitored_projects/churn/int", "222222222222"},
                                     {"/monitors/TestHub", "222222222222"}};
    EXPECT_THAT(lines(fixture.answer_of("connection", kPut)),
                ElementsAre("222222222222 hub created", "222222222222 spoke created"));
    EXPECT_THAT(lines(fixture.answer_of("connection", kRule)),
                ElementsAre("222222222222 hub created", "222222222222 spoke created"));
    EXPECT_EQ(fixture.event_bridge.rules.size(), 2U);
}

TEST(Connection, NeedsNothingForItsOwnAccount) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitored_projects/churn/dev", "111111111111"},
                                     {"/monitors/Self", "111111111111"}};
    for (const auto action : {kPut, kRule}) {
        EXPECT_THAT(lines(fixture.answer_of("connection", action)),
                    ElementsAre("111111111111 hub unchanged", "111111111111 spoke unchanged"));
    }
    EXPECT_EQ(fixture.event_bridge.policy, "");
    EXPECT_THAT(fixture.event_bridge.rules, IsEmpty());
}

TEST(Connection, ReportsParametersThatNameNoAccountAndConnectsTheRest) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitored_projects/churn/dev", "SPOKE_ACCOUNT_ID"},
                                     {"/monitored_projects/churn", "222222222222"},
                                     {"/monitored_projects/churn/", "222222222222"},
                                     {"/monitored_projects//dev", "222222222222"},
                                     {"/monitored_projects/a/b/c", "222222222222"},
                                     {"/monitored_projects/good/dev", "333333333333"},
                                     {"/monitors/TestHub", " 444444444444"}};
    const auto answer = fixture.answer_of("connection", kPut);
    EXPECT_THAT(lines(answer), ElementsAre("333333333333 spoke created"));
    std::vector<std::string> names;
    for (const auto& parameter : answer.at("InvalidParameters").as_array()) {
        names.emplace_back(parameter.at("Name").as_string());
        EXPECT_FALSE(parameter.at("Message").as_string().empty());
    }
    EXPECT_THAT(names, ElementsAre("/monitors/TestHub", "/monitored_projects//dev",
                                   "/monitored_projects/a/b/c", "/monitored_projects/churn",
                                   "/monitored_projects/churn/", "/monitored_projects/churn/dev"));
}

TEST(Connection, RefusesOtherActionsAndListsTheAllowed) {
    FunctionFixture fixture;
    for (const auto* payload : {"", "{}", R"({"action":""})", R"({"action":"ebput"})",
                                R"({"Action":"EBPut"})", R"({"action":"EBPut; rm -rf"})"}) {
        const auto answer = fixture.run("connection", payload);
        ASSERT_FALSE(answer) << payload;
        EXPECT_EQ(answer.error().kind, ErrorKind::malformed_input);
        EXPECT_THAT(answer.error().message, HasSubstr("EBPut, EBRule and Disconnect"));
    }
    EXPECT_THAT(fixture.aws.calls(), IsEmpty());
}

TEST(Connection, RefusesPayloadsOfAnotherShape) {
    FunctionFixture fixture;
    for (const auto* payload :
         {"[]", "\"EBPut\"", "EBPut", R"({"action":1})", R"({"action":"EBPut")",
          R"({"action":"Disconnect","account":"1"})", R"({"action":"Disconnect","account":1})",
          R"({"action":"EBPut","account":"222222222222"})"}) {
        const auto answer = fixture.run("connection", payload);
        ASSERT_FALSE(answer) << payload;
        EXPECT_EQ(answer.error().kind, ErrorKind::malformed_input) << payload;
    }
    EXPECT_THAT(fixture.aws.calls(), IsEmpty());
}

TEST(Connection, ChangesNothingWhenTheParametersCannotBeRead) {
    FunctionFixture fixture;
    fixture.parameters.failure = Error{ErrorKind::denied, "no", "AccessDeniedException", {}, {}};
    for (const auto action : {kPut, kRule, kDisconnect}) {
        const auto answer = fixture.run("connection", action);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().kind, ErrorKind::denied);
    }
    EXPECT_THAT(fixture.aws.calls(), IsEmpty());
}

}  // namespace
}  // namespace dsdash::functions
