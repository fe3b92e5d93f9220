#include <gtest/gtest.h>

#include "endpoint/testing/operation_fixture.hpp"

namespace dsdash::endpoint {
namespace {

constexpr std::string_view kDevPermission =
    R"({"StatementId":"dev","Principal":"222222222222","Action":"events:PutEvents"})";

class EventPermissions : public OperationFixture {
  protected:
    EventPermissions() : OperationFixture(events_service()) {}

    std::string policy() {
        const auto bus = call("DescribeEventBus", "{}").value();
        return bus.contains("Policy") ? std::string(bus.at("Policy").get_string()) : "";
    }
};

TEST_F(EventPermissions, DescribeEventBusTellsThePolicy) {
    EXPECT_EQ(answer("DescribeEventBus", "{}"),
              R"({"Name":"default","Arn":)"
              R"("arn:aws:events:eu-west-1:111111111111:event-bus/default"})");
    EXPECT_EQ(answer("PutPermission", kDevPermission), "{}");
    EXPECT_EQ(policy(),
              R"({"Version":"2012-10-17","Statement":[{"Sid":"dev","Effect":"Allow",)"
              R"("Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":"events:PutEvents",)"
              R"("Resource":"arn:aws:events:eu-west-1:111111111111:event-bus/default"}]})");
    EXPECT_EQ(refusal("DescribeEventBus", R"({"Name":"other"})").message,
              "Event bus other does not exist.");
}

TEST_F(EventPermissions, TakesAnOrganizationAsCondition) {
    ASSERT_TRUE(call("PutPermission",
                     R"({"StatementId":"org","Principal":"*","Action":"events:PutEvents",
                         "Condition":{"Type":"StringEquals","Key":"aws:PrincipalOrgID",
                                      "Value":"o-1234567890"}})"));
    EXPECT_NE(
        policy().find(R"("Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}})"),
        std::string::npos);
}

TEST_F(EventPermissions, TakesAWholePolicy) {
    const std::string document =
        R"({\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"all\",\"Effect\":\"Allow\",)"
        R"(\"Principal\":{\"AWS\":[\"222222222222\",\"333333333333\"]},)"
        R"(\"Action\":\"events:PutEvents\",)"
        R"(\"Resource\":\"arn:aws:events:eu-west-1:111111111111:event-bus/default\"}]})";
    ASSERT_TRUE(call("PutPermission", fmt::format(R"({{"Policy":"{}"}})", document)));
    EXPECT_NE(policy().find("333333333333"), std::string::npos);
    const auto refused =
        refusal("PutPermission", fmt::format(R"({{"Policy":"{}","StatementId":"s"}})", document));
    EXPECT_NE(refused.message.find("StatementId"), std::string::npos);
}

TEST_F(EventPermissions, RemovesStatements) {
    ASSERT_TRUE(call("PutPermission", kDevPermission));
    EXPECT_EQ(answer("RemovePermission", R"({"StatementId":"none"})"), "ResourceNotFoundException");
    EXPECT_EQ(answer("RemovePermission", R"({"StatementId":"dev"})"), "{}");
    EXPECT_EQ(policy(), "");
    ASSERT_TRUE(call("PutPermission", kDevPermission));
    EXPECT_EQ(answer("RemovePermission", R"({"RemoveAllPermissions":true})"), "{}");
    EXPECT_EQ(policy(), "");
}

TEST_F(EventPermissions, RefusesMalformedInputAndChangesNothing) {
    ASSERT_TRUE(call("PutPermission", kDevPermission));
    const auto before = policy();
    for (const auto* input :
         {"{}", R"({"StatementId":"s"})", R"({"StatementId":"s","Principal":"222222222222"})",
          R"({"StatementId":"s","Principal":222222222222,"Action":"events:PutEvents"})",
          R"({"StatementId":"s","Principal":"123","Action":"events:PutEvents"})",
          R"({"StatementId":"s","Principal":"*","Action":"events:PutEvents","Condition":5})",
          R"({"StatementId":"s","Principal":"*","Action":"events:PutEvents","Condition":{}})",
          R"({"StatementId":"s","Principal":"*","Action":"events:PutEvents","Condition":
              {"Type":"StringLike","Key":"aws:PrincipalOrgID","Value":"o-1"}})",
          R"({"StatementId":"s","Principal":"*","Action":"events:PutEvents","Condition":
              {"Type":"StringEquals","Key":"aws:SourceIp","Value":"o-1"}})",
          R"({"StatementId":"s","Principal":"*","Action":"events:PutEvents","Condition":
              {"Type":"StringEquals","Key":"aws:PrincipalOrgID","Value":""}})",
          R"({"Policy":"{"})", R"({"Policy":"[]"})", R"({"Policy":5})"}) {
        EXPECT_EQ(refusal("PutPermission", input).kind, ErrorKind::malformed_input) << input;
    }
    for (const auto* input :
         {"{}", R"({"RemoveAllPermissions":false})", R"({"RemoveAllPermissions":"true"})"}) {
        EXPECT_EQ(refusal("RemovePermission", input).kind, ErrorKind::malformed_input) << input;
    }
    EXPECT_EQ(policy(), before);
}

}  // namespace
}  // namespace dsdash::endpoint
