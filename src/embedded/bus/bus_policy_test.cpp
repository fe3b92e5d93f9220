#include "embedded/bus/bus_policy.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/bus_fixture.hpp"

namespace dsdash::embedded {
namespace {

constexpr std::string_view kBusArn = "arn:aws:events:eu-west-1:111111111111:event-bus/default";

class BusPolicyTest : public BusFixture {
  protected:
    BusPolicy& policy() { return hub().bus().policy(); }
    static BusPolicy::Permission permission(std::string id, std::string principal,
                                            std::string organization = "") {
        return {std::move(id), std::move(principal), "events:PutEvents", std::move(organization)};
    }
    bool lets_in(Account& account) {
        return policy()
            .check_put_events(account.id(), role_arn(account.region(), account.id(), "x"))
            .has_value();
    }
    static std::string document(std::string_view principal, std::string_view resource = kBusArn) {
        return fmt::format(
            R"({{"Version":"2012-10-17","Statement":[{{"Sid":"s","Effect":"Allow","Principal":{},)"
            R"("Action":"events:PutEvents","Resource":"{}"}}]}})",
            principal, resource);
    }
};

TEST_F(BusPolicyTest, LetsNobodyElseInAtFirst) {
    EXPECT_EQ(policy().text().value(), std::nullopt);
    EXPECT_TRUE(lets_in(hub()));
    EXPECT_FALSE(lets_in(dev()));
    EXPECT_EQ(policy().check_put_events(dev().id(), "r").error().code, "AccessDeniedException");
}

TEST_F(BusPolicyTest, ARoleSpeaksForItsOwnAccountOnly) {
    constexpr std::string_view kTrusted = "arn:aws:iam::222222222222:role/trusted";
    ASSERT_TRUE(policy().replace(document(fmt::format(R"({{"AWS":"{}"}})", kTrusted))));
    EXPECT_TRUE(policy().check_put_events(dev().id(), kTrusted));
    const auto refused = policy().check_put_events(prod().id(), kTrusted);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "AccessDeniedException");
}

TEST_F(BusPolicyTest, LetsTheAccountOfAStatementIn) {
    ASSERT_TRUE(policy().put(permission("dev", std::string(kDev))));
    EXPECT_TRUE(lets_in(dev()));
    EXPECT_FALSE(lets_in(prod()));
    EXPECT_EQ(policy().text().value(),
              R"({"Version":"2012-10-17","Statement":[{"Sid":"dev","Effect":"Allow",)"
              R"("Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":"events:PutEvents",)"
              R"("Resource":"arn:aws:events:eu-west-1:111111111111:event-bus/default"}]})");
}

TEST_F(BusPolicyTest, AStatementOfTheSameIdIsReplaced) {
    ASSERT_TRUE(policy().put(permission("s", std::string(kDev))));
    ASSERT_TRUE(policy().put(permission("s", std::string(kProd))));
    EXPECT_FALSE(lets_in(dev()));
    EXPECT_TRUE(lets_in(prod()));
}

TEST_F(BusPolicyTest, LetsInTheOwnOrganizationAndNoOther) {
    ASSERT_TRUE(policy().put(permission("org", "*", "o-1234567890")));
    EXPECT_FALSE(lets_in(dev()));
    ASSERT_TRUE(policy().put(permission("org", "*", std::string(kOrganizationId))));
    EXPECT_TRUE(lets_in(dev()));
}

TEST_F(BusPolicyTest, RemovesOneStatementOrAll) {
    ASSERT_TRUE(policy().put(permission("a", std::string(kDev))));
    ASSERT_TRUE(policy().put(permission("b", std::string(kProd))));
    ASSERT_TRUE(policy().remove("a"));
    EXPECT_FALSE(lets_in(dev()));
    EXPECT_TRUE(lets_in(prod()));
    EXPECT_EQ(policy().remove("a").error().code, "ResourceNotFoundException");
    ASSERT_TRUE(policy().remove_all());
    EXPECT_EQ(policy().text().value(), std::nullopt);
    EXPECT_FALSE(lets_in(prod()));
}

TEST_F(BusPolicyTest, IsThereAfterARestart) {
    ASSERT_TRUE(policy().put(permission("dev", std::string(kDev))));
    open();
    EXPECT_TRUE(lets_in(dev()));
    ASSERT_TRUE(policy().put(permission("prod", std::string(kProd))));
    EXPECT_TRUE(lets_in(dev()));
    EXPECT_TRUE(lets_in(prod()));
}

TEST_F(BusPolicyTest, TakesAWholePolicyAndEditsItLater) {
    ASSERT_TRUE(policy().replace(document(R"({"AWS":["222222222222","333333333333"]})")));
    EXPECT_TRUE(lets_in(dev()));
    EXPECT_TRUE(lets_in(prod()));
    ASSERT_TRUE(policy().put(permission("s", std::string(kDev))));
    EXPECT_FALSE(lets_in(prod()));
}

TEST_F(BusPolicyTest, AWholePolicyMayDeny) {
    ASSERT_TRUE(policy().replace(fmt::format(
        R"({{"Version":"2012-10-17","Statement":[
            {{"Effect":"Allow","Principal":"*","Action":"events:*","Resource":"{0}"}},
            {{"Effect":"Deny","Principal":{{"AWS":"222222222222"}},"Action":"events:PutEvents",
              "Resource":"{0}"}}]}})",
        kBusArn)));
    EXPECT_FALSE(lets_in(dev()));
    EXPECT_TRUE(lets_in(prod()));
}

TEST_F(BusPolicyTest, RefusesPermissionsThatAreNone) {
    for (const auto& [bad, said] :
         {std::pair{permission("", std::string(kDev)), "StatementId"},
          {permission(std::string(65, 's'), std::string(kDev)), "StatementId"},
          {permission("a b", std::string(kDev)), "StatementId"},
          {permission("s", "123"), "Principal"},
          {permission("s", "22222222222x"), "Principal"},
          {permission("s", "arn:aws:iam::222222222222:root"), "Principal"},
          {permission("s", ""), "Principal"},
          {permission("s", std::string(kDev), "o-1"), "Condition"},
          {BusPolicy::Permission{"s", "*", "events:PutRule", ""}, "Action"}}) {
        const auto refused = policy().put(bad);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::malformed_input);
        EXPECT_NE(refused.error().message.find(said), std::string::npos);
    }
    EXPECT_EQ(policy().text().value(), std::nullopt);
}

TEST_F(BusPolicyTest, RefusesPoliciesThatAreNone) {
    ASSERT_TRUE(policy().put(permission("s", std::string(kDev))));
    const auto before = policy().text().value();
    for (const auto& bad :
         {std::string(), std::string("x"), std::string("[]"), std::string("{}"),
          std::string(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",)"
                      R"("Action":"events:PutEvents","Resource":"*"}]})"),
          document("\"*\"", "arn:aws:events:eu-west-1:222222222222:event-bus/default"),
          document("\"*\"", "*"), std::string(100'000, '['),
          std::string(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
                      R"("Action":"events:PutEvents","NotResource":"x"}]})"),
          std::string(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
                      R"("Action":"events:PutEvents"}]})")}) {
        const auto refused = policy().replace(bad);
        ASSERT_FALSE(refused) << bad.substr(0, 200);
        EXPECT_EQ(refused.error().kind, ErrorKind::malformed_input);
    }
    EXPECT_EQ(policy().text().value(), before);
}

TEST_F(BusPolicyTest, HoldsTenThousandTwoHundredAndFortyCharacters) {
    int statements = 0;
    Result<void> put;
    while (put) {
        put = policy().put(permission(fmt::format("s{}", statements), std::string(kDev)));
        if (put) ++statements;
    }
    EXPECT_EQ(put.error().code, "PolicyLengthExceededException");
    EXPECT_LE(policy().text().value()->size(), 10'240U);
    EXPECT_GE(statements, 45);

    std::string accounts;
    for (int i = 0; i < 700; ++i) accounts += fmt::format(R"("{:012}",)", i);
    accounts.pop_back();
    const auto replaced = policy().replace(document(fmt::format(R"({{"AWS":[{}]}})", accounts)));
    ASSERT_FALSE(replaced);
    EXPECT_EQ(replaced.error().code, "PolicyLengthExceededException");
    EXPECT_TRUE(lets_in(dev()));
}

}  // namespace
}  // namespace dsdash::embedded
