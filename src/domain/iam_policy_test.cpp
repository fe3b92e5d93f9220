#include "domain/iam_policy.hpp"

#include <gtest/gtest.h>

namespace dsdash {

namespace {

std::string document(std::string_view statements) {
    return R"({"Version":"2012-10-17","Statement":)" + std::string(statements) + "}";
}

constexpr std::string_view kList =
    R"({"Sid":"list","Effect":"Allow","Action":"sagemaker:List*","Resource":"*"})";

std::string refusal(std::string_view text) {
    const auto policy = IamPolicy::parse(text);
    if (policy) {
        return "accepted";
    }
    EXPECT_EQ(policy.error().kind, ErrorKind::malformed_input);
    EXPECT_EQ(policy.error().code, "MalformedPolicyDocument");
    return policy.error().message;
}

}  // namespace

TEST(IamPolicy, ReadsOneStatementOrSeveral) {
    const auto one = IamPolicy::parse(document(kList));
    ASSERT_TRUE(one) << one.error().message;
    ASSERT_EQ(one->statements().size(), 1U);
    EXPECT_EQ(one->statements()[0].sid, "list");
    EXPECT_EQ(one->statements()[0].actions, std::vector<std::string>{"sagemaker:List*"});
    EXPECT_FALSE(one->statements()[0].has_principal);
    const auto list = std::string(kList);
    EXPECT_EQ(IamPolicy::parse(document("[" + list + "," + list + "]"))->statements().size(), 2U);
}

TEST(IamPolicy, ReadsEveryFormOfPrincipal) {
    const auto principals = [](std::string_view principal) {
        const auto policy = IamPolicy::parse(
            document(R"({"Effect":"Allow","Action":"events:PutEvents","Principal":)" +
                     std::string(principal) + "}"));
        return policy ? policy->statements()[0].principals
                      : std::vector<std::string>{policy.error().message};
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(principals(R"("*")"), Names{"*"});
    EXPECT_EQ(principals(R"({"AWS":"*"})"), Names{"*"});
    EXPECT_EQ(principals(R"({"AWS":"111111111111"})"), Names{"111111111111"});
    EXPECT_EQ(principals(R"({"AWS":["arn:aws:iam::111111111111:root","222222222222"]})"),
              (Names{"arn:aws:iam::111111111111:root", "222222222222"}));
    EXPECT_EQ(principals(R"({"Service":"events.amazonaws.com"})"), Names{"events.amazonaws.com"});
    EXPECT_EQ(principals(R"("111111111111")"),
              Names{R"(Statement.Principal must be "*" or an object with AWS or Service)"});
    EXPECT_EQ(principals(R"({"AWS":"123"})"),
              Names{R"(Statement.Principal may name "*", accounts of 12 digits, and ARNs)"});
    EXPECT_EQ(principals(R"({"AWS":[]})"),
              Names{"Statement.Principal.AWS must be a string or a list of strings, without policy "
                    "variables"});
    for (const auto* name : {"*", "222222222222", "events"}) {
        EXPECT_EQ(principals(R"({"Service":")" + std::string(name) + R"("})"),
                  Names{"Statement.Principal may name services as service.amazonaws.com"});
    }
    EXPECT_EQ(principals(R"({"Federated":"x"})"),
              Names{"Statement.Principal has the unsupported kind Federated"});
    EXPECT_EQ(principals("{}"),
              Names{R"(Statement.Principal must be "*" or an object with AWS or Service)"});
}

TEST(IamPolicy, NamesWhatIsWrongWithTheDocument) {
    EXPECT_TRUE(refusal("").starts_with("the policy is malformed: not JSON"));
    EXPECT_TRUE(refusal("[]").starts_with("the policy is malformed:"));
    EXPECT_EQ(refusal(R"({"Statement":[]})"),
              "the policy must have the Version 2012-10-17 or 2008-10-17");
    EXPECT_EQ(refusal(R"({"Version":"2020-01-01","Statement":[]})"),
              "the policy must have the Version 2012-10-17 or 2008-10-17");
    EXPECT_EQ(refusal(R"({"Version":"2012-10-17"})"), "the policy must have a Statement");
    EXPECT_EQ(refusal(document("[]")), "the policy must have a Statement");
    EXPECT_EQ(refusal(document("\"x\"")), "Statement must be an object");
    EXPECT_EQ(refusal(R"({"Version":"2012-10-17","Statements":[]})"),
              "the policy has the unknown element Statements");
}

TEST(IamPolicy, NamesTheStatementAndTheField) {
    const auto second = [](std::string_view statement) {
        return refusal(document("[" + std::string(kList) + "," + std::string(statement) + "]"));
    };
    EXPECT_EQ(second("5"), "Statement[1] must be an object");
    EXPECT_EQ(second(R"({"Action":"a:b","Resource":"*"})"),
              "Statement[1] must have an Effect, Allow or Deny");
    EXPECT_EQ(second(R"({"Effect":"allow","Action":"a:b","Resource":"*"})"),
              "Statement[1] must have an Effect, Allow or Deny");
    EXPECT_EQ(second(R"({"Effect":"Allow","Resource":"*"})"),
              "Statement[1] must have Action or NotAction");
    EXPECT_EQ(second(R"({"Effect":"Allow","Action":"a:b","NotAction":"a:c","Resource":"*"})"),
              "Statement[1] must not have both Action and NotAction");
    EXPECT_EQ(
        second(R"({"Effect":"Allow","Action":[],"Resource":"*"})"),
        "Statement[1].Action must be a string or a list of strings, without policy variables");
    EXPECT_EQ(second(R"({"Effect":"Allow","Action":"list","Resource":"*"})"),
              R"(Statement[1] may name actions as "*" or service:operation)");
    EXPECT_EQ(second(R"({"Effect":"Allow","Action":"a:b"})"),
              "Statement[1] must have Resource or NotResource");
    EXPECT_EQ(second(R"({"Effect":"Allow","Action":"a:b","Resource":"x","NotResource":"y"})"),
              "Statement[1] must not have both Resource and NotResource");
    EXPECT_EQ(second(R"({"Effect":"Deny","Action":"a:b","Resource":"${aws:username}"})"),
              "Statement[1].Resource must be a string or a list of strings, without policy "
              "variables");
    EXPECT_EQ(second(R"({"Effect":"Allow","NotPrincipal":"*","Action":"a:b","Resource":"*"})"),
              "Statement[1] has the unknown element NotPrincipal");
    EXPECT_EQ(second(R"({"Sid":1,"Effect":"Allow","Action":"a:b","Resource":"*"})"),
              "Statement[1] must have a string as its Sid");
}

TEST(IamPolicy, RefusesConditionsThatAreNotUnderstood) {
    const auto with_condition = [](std::string_view condition) {
        return refusal(document(R"({"Effect":"Allow","Action":"a:b","Resource":"*","Condition":)" +
                                std::string(condition) + "}"));
    };
    EXPECT_EQ(with_condition(R"({"StringEquals":{"aws:PrincipalOrgID":"o-1"}})"), "accepted");
    EXPECT_EQ(with_condition(R"({"StringLikeIfExists":{"k":["a","b"]}})"), "accepted");
    for (const auto* name : {"IpAddress", "ForAnyValue:StringEquals", "ForAllValues:StringLike",
                             "stringequals", "Bool", "IfExists", ""}) {
        EXPECT_EQ(with_condition(R"({")" + std::string(name) + R"(":{"k":"v"}})"),
                  "Statement.Condition has the unsupported operator " + std::string(name));
    }
    EXPECT_EQ(with_condition("[]"), "Statement.Condition must be an object");
    EXPECT_EQ(with_condition(R"({"StringEquals":{}})"),
              "Statement.Condition.StringEquals must be an object");
    EXPECT_EQ(with_condition(R"({"StringEquals":{"k":5}})"),
              "Statement.Condition.StringEquals.k must be a string or a list of strings, without "
              "policy variables");
}

TEST(IamPolicy, OfAResourceNamesItsPrincipals) {
    const auto policy = IamPolicy::parse_resource_policy(document(kList));
    ASSERT_FALSE(policy);
    EXPECT_EQ(policy.error().message, "each statement of a resource policy must have a Principal");
    EXPECT_TRUE(IamPolicy::parse_resource_policy(
        document(R"({"Effect":"Allow","Action":"a:b","Principal":"*"})")));
    EXPECT_FALSE(IamPolicy::parse_resource_policy("{}"));
}

TEST(IamPolicy, IsRefusedWhereverItIsCut) {
    const auto whole = document(kList);
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        EXPECT_NE(refusal(std::string_view(whole).substr(0, cut)), "accepted") << cut;
    }
    EXPECT_NE(refusal(std::string(100'000, '[')), "accepted");
    EXPECT_NE(refusal("{\"Version\":\"\xFF\"}"), "accepted");
}

}  // namespace dsdash
