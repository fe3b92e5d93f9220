#include <gtest/gtest.h>

#include "endpoint/testing/operation_fixture.hpp"

namespace dsdash::endpoint {
namespace {

constexpr std::string_view kDevBus =
    R"({"Id":"dev","Arn":"arn:aws:events:eu-west-1:222222222222:event-bus/default",)"
    R"("RoleArn":"arn:aws:iam::111111111111:role/forward"})";
constexpr std::string_view kFunction =
    R"({"Id":"f","Arn":"arn:aws:lambda:eu-west-1:111111111111:function:f"})";

class EventTargets : public OperationFixture {
  protected:
    EventTargets() : OperationFixture(events_service()) {
        EXPECT_TRUE(call("PutRule", R"({"Name":"r","EventPattern":"{\"source\":[\"m\"]}"})"));
    }
    static std::string targets(std::string_view list) {
        return fmt::format(R"({{"Rule":"r","Targets":[{}]}})", list);
    }
};

TEST_F(EventTargets, ListsTargetsAsTheyWerePut) {
    constexpr std::string_view kFull =
        R"({"Id":"f","Arn":"arn:aws:lambda:eu-west-1:111111111111:function:f",)"
        R"("RoleArn":"arn:aws:iam::111111111111:role/r",)"
        R"("DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:111111111111:q"},)"
        R"("RetryPolicy":{"MaximumRetryAttempts":0,"MaximumEventAgeInSeconds":60}})";
    EXPECT_EQ(answer("PutTargets", targets(kFull)), R"({"FailedEntryCount":0,"FailedEntries":[]})");
    EXPECT_EQ(answer("ListTargetsByRule", R"({"Rule":"r"})"),
              fmt::format(R"({{"Targets":[{}]}})", kFull));
}

TEST_F(EventTargets, ListsInPages) {
    for (const auto* id : {"b", "a", "c"}) {
        ASSERT_TRUE(
            call("PutTargets", targets(fmt::format(R"({{"Id":"{}","Arn":"arn:aws:lambda:eu-west-1:)"
                                                   R"(111111111111:function:f"}})",
                                                   id))));
    }
    const auto first = call("ListTargetsByRule", R"({"Rule":"r","Limit":2})").value();
    const std::string token(first.at("NextToken").get_string());
    const auto next = [&](std::string_view rule, std::string_view page) {
        return call("ListTargetsByRule",
                    fmt::format(R"({{"Rule":"{}","Limit":2,"NextToken":"{}"}})", rule, page));
    };
    const auto second = next("r", token).value();
    EXPECT_EQ(second.at("Targets").get_array().size(), 1U);
    EXPECT_EQ(second.at("Targets").at(0).at("Id"), "c");
    EXPECT_FALSE(second.contains("NextToken"));
    ASSERT_TRUE(call("PutRule", R"({"Name":"s","EventPattern":"{\"source\":[\"m\"]}"})"));
    EXPECT_EQ(next("s", token).error().kind, ErrorKind::malformed_input);
    EXPECT_EQ(next("r", "b").error().kind, ErrorKind::malformed_input);
}

TEST_F(EventTargets, TheReceiverHasToAllowTheSenderFirst) {
    EXPECT_EQ(answer("PutTargets", targets(kDevBus)), "AccessDeniedException");
    EXPECT_EQ(answer("ListTargetsByRule", R"({"Rule":"r"})"), R"({"Targets":[]})");
    ASSERT_TRUE(call_as(dev(), "PutPermission",
                        R"({"StatementId":"hub","Principal":"111111111111",)"
                        R"("Action":"events:PutEvents"})"));
    EXPECT_EQ(answer("PutTargets", targets(kDevBus)),
              R"({"FailedEntryCount":0,"FailedEntries":[]})");
}

TEST_F(EventTargets, AnUnknownAccountAnswersAsOneThatForbids) {
    EXPECT_EQ(
        answer("PutTargets",
               targets(R"({"Id":"x","RoleArn":"arn:aws:iam::111111111111:role/forward",)"
                       R"("Arn":"arn:aws:events:eu-west-1:999999999999:event-bus/default"})")),
        "AccessDeniedException");
    EXPECT_EQ(
        answer("PutTargets",
               targets(R"({"Id":"x","RoleArn":"arn:aws:iam::111111111111:role/forward",)"
                       R"("Arn":"arn:aws:events:us-east-1:222222222222:event-bus/default"})")),
        "AccessDeniedException");
}

TEST_F(EventTargets, OneBadTargetAmongManyChangesNothing) {
    const auto refused = call("PutTargets", targets(fmt::format("{},{}", kFunction, kDevBus)));
    EXPECT_EQ(refused.error().code, "AccessDeniedException");
    EXPECT_EQ(answer("ListTargetsByRule", R"({"Rule":"r"})"), R"({"Targets":[]})");
}

TEST_F(EventTargets, RemoveTargetsNamesWhatWasNotThere) {
    ASSERT_TRUE(call("PutTargets", targets(kFunction)));
    EXPECT_EQ(answer("RemoveTargets", R"({"Rule":"r","Ids":["f","g"]})"),
              R"({"FailedEntryCount":1,"FailedEntries":[{"TargetId":"g",)"
              R"("ErrorCode":"ResourceNotFoundException",)"
              R"("ErrorMessage":"Rule r does not have a target with the Id g."}]})");
    EXPECT_EQ(answer("ListTargetsByRule", R"({"Rule":"r"})"), R"({"Targets":[]})");
}

TEST_F(EventTargets, RefusesMalformedInputNamingTheField) {
    const auto with = [](std::string_view member) {
        return targets(fmt::format(
            R"({{"Id":"f","Arn":"arn:aws:lambda:eu-west-1:111111111111:function:f",{}}})", member));
    };
    for (const auto& [input, field] : std::vector<std::pair<std::string, std::string>>{
             {R"({"Targets":[]})", "Rule"},
             {R"({"Rule":"r"})", "Targets"},
             {targets(""), "Targets"},
             {targets("5"), "Targets"},
             {R"({"Rule":"r","Targets":{}})", "Targets"},
             {targets(R"({"Arn":"x"})"), "Id"},
             {targets(R"({"Id":"f"})"), "Arn"},
             {targets(R"({"Id":"f","Arn":"arn:aws:sqs:eu-west-1:111111111111:q"})"), "Arn"},
             {with(R"("Input":"{}")"), "Input"},
             {with(R"("InputPath":"$.detail")"), "InputPath"},
             {with(R"("InputTransformer":{})"), "InputTransformer"},
             {with(R"("RetryPolicy":5)"), "RetryPolicy"},
             {with(R"("RetryPolicy":{"MaximumRetryAttempts":186})"), "MaximumRetryAttempts"},
             {with(R"("RetryPolicy":{"MaximumRetryAttempts":99999999999})"),
              "MaximumRetryAttempts"},
             {with(R"("RetryPolicy":{"MaximumEventAgeInSeconds":59})"), "MaximumEventAgeInSeconds"},
             {with(R"("DeadLetterConfig":[])"), "DeadLetterConfig"}}) {
        const auto refused = refusal("PutTargets", input);
        EXPECT_EQ(refused.kind, ErrorKind::malformed_input) << input;
        EXPECT_NE(refused.message.find(field), std::string::npos) << refused.message;
    }
    for (const auto* input :
         {R"({"Rule":"r"})", R"({"Rule":"r","Ids":[]})", R"({"Rule":"r","Ids":[5]})"}) {
        EXPECT_EQ(refusal("RemoveTargets", input).kind, ErrorKind::malformed_input) << input;
    }
    EXPECT_EQ(answer("PutTargets", fmt::format(R"({{"Rule":"none","Targets":[{}]}})", kFunction)),
              "ResourceNotFoundException");
    EXPECT_EQ(answer("ListTargetsByRule", R"({"Rule":"none"})"), "ResourceNotFoundException");
}

}  // namespace
}  // namespace dsdash::endpoint
