#include <fmt/format.h>
#include <gtest/gtest.h>

#include "domain/iam_policy.hpp"

namespace dsdash {

namespace {

constexpr std::string_view kBus = "arn:aws:events:eu-west-1:111111111111:event-bus/default";

IamPolicy policy(std::string_view statements) {
    return *IamPolicy::parse(R"({"Version":"2012-10-17","Statement":[)" + std::string(statements) +
                             "]}");
}

AccessRequest request(std::string_view action, std::string_view resource) {
    return {.principal_account = "222222222222",
            .principal_arn = "arn:aws:iam::222222222222:role/extraction",
            .action = std::string(action),
            .resource = std::string(resource),
            .context = {}};
}

AccessRequest put_events() {
    return request("events:PutEvents", kBus);
}

IamPolicy with_principal(std::string_view principal) {
    return policy(R"({"Effect":"Allow","Action":"events:PutEvents","Resource":"*","Principal":)" +
                  std::string(principal) + "}");
}

bool allows_with(std::string_view condition, std::map<std::string, std::string> context) {
    auto asked = put_events();
    asked.context = std::move(context);
    return policy(R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":)" +
                  std::string(condition) + "}")
        .allows(asked);
}

}  // namespace

TEST(IamEvaluation, DeniesWhatNothingAllows) {
    const auto list = policy(R"({"Effect":"Allow","Action":"sagemaker:List*","Resource":"*"})");
    EXPECT_TRUE(list.allows(request("sagemaker:ListEndpoints", "*")));
    EXPECT_TRUE(list.allows(request("SageMaker:listendpoints", "*")));
    EXPECT_FALSE(list.allows(request("sagemaker:DescribeEndpoint", "*")));
    EXPECT_FALSE(list.allows(request("ssm:ListEndpoints", "*")));
}

TEST(IamEvaluation, AnExplicitDenyWinsWhereverItStands) {
    const std::string allow = R"({"Effect":"Allow","Action":"*","Resource":"*"})";
    const std::string deny = R"({"Effect":"Deny","Action":"events:*","Resource":"*"})";
    for (const auto& statements :
         {fmt::format("{},{}", allow, deny), fmt::format("{},{}", deny, allow)}) {
        EXPECT_FALSE(policy(statements).allows(put_events()));
        EXPECT_TRUE(policy(statements).allows(request("ssm:GetParameter", "*")));
    }
    EXPECT_FALSE(policy(deny).allows(request("ssm:GetParameter", "*")));
}

TEST(IamEvaluation, ResourcesAreComparedWithCase) {
    const auto bus = policy(
        R"({"Effect":"Allow","Action":"events:PutEvents","Resource":"arn:aws:events:*:*:event-bus/d*"})");
    EXPECT_TRUE(bus.allows(put_events()));
    EXPECT_FALSE(bus.allows(request("events:PutEvents", "arn:aws:events:r:1:event-bus/Default")));
    EXPECT_FALSE(bus.allows(request("events:PutEvents", "*")));
}

TEST(IamEvaluation, NotActionAndNotResourceMeanAllOthers) {
    const auto others = policy(
        R"({"Effect":"Allow","NotAction":["iam:*","sts:*"],"NotResource":"arn:aws:s3:::secret*"})");
    EXPECT_TRUE(others.allows(put_events()));
    EXPECT_FALSE(others.allows(request("iam:PassRole", "*")));
    EXPECT_FALSE(others.allows(request("s3:GetObject", "arn:aws:s3:::secrets/x")));
    EXPECT_TRUE(others.allows(request("s3:GetObject", "arn:aws:s3:::open/x")));
}

TEST(IamEvaluation, PrincipalsAreEveryoneAccountsRolesOrServices) {
    EXPECT_TRUE(with_principal(R"("*")").allows(put_events()));
    EXPECT_TRUE(with_principal(R"({"AWS":"222222222222"})").allows(put_events()));
    EXPECT_TRUE(with_principal(R"({"AWS":"arn:aws:iam::222222222222:root"})").allows(put_events()));
    EXPECT_TRUE(
        with_principal(R"({"AWS":["333333333333","arn:aws:iam::222222222222:role/extraction"]})")
            .allows(put_events()));
    EXPECT_FALSE(with_principal(R"({"AWS":"333333333333"})").allows(put_events()));
    EXPECT_FALSE(
        with_principal(R"({"AWS":"arn:aws:iam::333333333333:root"})").allows(put_events()));
    EXPECT_FALSE(
        with_principal(R"({"AWS":"arn:aws:iam::222222222222:role/other"})").allows(put_events()));
    auto service = put_events();
    service.principal_account.clear();
    service.principal_arn = "events.amazonaws.com";
    EXPECT_TRUE(with_principal(R"({"Service":"events.amazonaws.com"})").allows(service));
    EXPECT_FALSE(with_principal(R"({"Service":"lambda.amazonaws.com"})").allows(service));
}

TEST(IamEvaluation, ARequestWithoutPrincipalIsNobody) {
    auto nobody = put_events();
    nobody.principal_account.clear();
    nobody.principal_arn.clear();
    EXPECT_FALSE(with_principal(R"({"AWS":"222222222222"})").allows(nobody));
    EXPECT_FALSE(with_principal(R"({"AWS":"arn:aws:iam::222222222222:root"})").allows(nobody));
    EXPECT_FALSE(with_principal(R"({"AWS":"arn:aws:iam:::root"})").allows(nobody));
    EXPECT_TRUE(with_principal(R"("*")").allows(nobody));
}

TEST(IamEvaluation, OneOfTheValuesMustBeEqual) {
    const auto* condition = R"({"StringEquals":{"aws:PrincipalOrgID":["o-1","o-2"]}})";
    EXPECT_TRUE(allows_with(condition, {{"aws:PrincipalOrgID", "o-2"}}));
    EXPECT_TRUE(allows_with(condition, {{"AWS:principalorgid", "o-2"}}));
    EXPECT_FALSE(allows_with(condition, {{"aws:PrincipalOrgID", "O-2"}}));
    EXPECT_FALSE(allows_with(condition, {{"aws:PrincipalOrgID", "o-3"}}));
    EXPECT_FALSE(allows_with(condition, {}));
}

TEST(IamEvaluation, NegatedConditionsHoldForAbsentKeysAndForNoneOfTheValues) {
    const auto* condition = R"({"StringNotEquals":{"k":["a","b"]}})";
    EXPECT_TRUE(allows_with(condition, {}));
    EXPECT_TRUE(allows_with(condition, {{"k", "c"}}));
    EXPECT_FALSE(allows_with(condition, {{"k", "b"}}));
    EXPECT_FALSE(allows_with(R"({"StringNotLike":{"k":"a*"}})", {{"k", "abc"}}));
    EXPECT_FALSE(
        allows_with(R"({"ArnNotEquals":{"k":"arn:aws:s3:::b"}})", {{"k", "arn:aws:s3:::b"}}));
}

TEST(IamEvaluation, IfExistsHoldsForAbsentKeys) {
    const auto* condition = R"({"StringEqualsIfExists":{"k":"a"}})";
    EXPECT_TRUE(allows_with(condition, {}));
    EXPECT_TRUE(allows_with(condition, {{"k", "a"}}));
    EXPECT_FALSE(allows_with(condition, {{"k", "b"}}));
}

TEST(IamEvaluation, LikeTakesWildcardsAndEqualsDoesNot) {
    EXPECT_TRUE(allows_with(R"({"StringLike":{"k":"a*?"}})", {{"k", "abc"}}));
    EXPECT_FALSE(allows_with(R"({"StringEquals":{"k":"a*"}})", {{"k", "abc"}}));
    EXPECT_TRUE(allows_with(R"({"StringEqualsIgnoreCase":{"k":"ABC"}})", {{"k", "abc"}}));
    EXPECT_FALSE(allows_with(R"({"StringNotEqualsIgnoreCase":{"k":"ABC"}})", {{"k", "abc"}}));
}

TEST(IamEvaluation, ArnsAreComparedPartByPart) {
    const auto* condition =
        R"({"ArnLike":{"aws:SourceArn":"arn:aws:events:*:111111111111:rule/*"}})";
    EXPECT_TRUE(
        allows_with(condition, {{"aws:SourceArn", "arn:aws:events:r:111111111111:rule/a:b"}}));
    EXPECT_FALSE(allows_with(
        condition, {{"aws:SourceArn", "arn:aws:events:r:222222222222:x:111111111111:rule/a"}}));
    EXPECT_FALSE(allows_with(condition, {{"aws:SourceArn", "arn:aws:events"}}));
    EXPECT_TRUE(
        allows_with(R"({"ArnEquals":{"k":"arn:aws:s3:::b*"}})", {{"k", "arn:aws:s3:::bucket"}}));
}

TEST(IamEvaluation, AllConditionsMustHold) {
    const auto* condition = R"({"StringEquals":{"a":"1","b":"2"},"StringLike":{"c":"3*"}})";
    EXPECT_TRUE(allows_with(condition, {{"a", "1"}, {"b", "2"}, {"c", "34"}}));
    EXPECT_FALSE(allows_with(condition, {{"a", "1"}, {"b", "x"}, {"c", "34"}}));
    EXPECT_FALSE(allows_with(condition, {{"a", "1"}, {"b", "2"}, {"c", "4"}}));
}

}  // namespace dsdash
