#include <gmock/gmock.h>

#include "metrics/catalogue.hpp"
#include "services/testing/fake_aws_api.hpp"

namespace dsdash::metrics {
namespace {

using ::testing::HasSubstr;

const Settings kSettings{{"ssm_parameter", "/models/churn/auc"}};

Result<Decimal> value_of_parameter(const json::object& output) {
    FakeAwsApi api;
    api.script("ssm:GetParameter", {output});
    return ssm_param_store_value()->compute(api, {{}, kSettings});
}

TEST(SSMParamStoreValue, KeepsEveryDigit) {
    const auto value = value_of_parameter(
        object_of(R"({"Parameter":{"Value":"0.12345678901234567890123456789012345678"}})"));
    ASSERT_TRUE(value) << value.error().message;
    EXPECT_EQ(value->to_string(), "0.12345678901234567890123456789012345678");
}

TEST(SSMParamStoreValue, ReadsTheParameterItWasDeployedWith) {
    FakeAwsApi api;
    api.script("ssm:GetParameter", {object_of(R"({"Parameter":{"Value":"1"}})")});
    ASSERT_TRUE(ssm_param_store_value()->compute(api, {{}, kSettings}));
    EXPECT_EQ(api.inputs_of("ssm:GetParameter").at(0),
              object_of(R"({"Name":"/models/churn/auc"})"));
}

TEST(SSMParamStoreValue, NeedsThatParameterAndNoOther) {
    const auto permissions = ssm_param_store_value()->get_iam_permissions(
        AccountId::parse("222222222222").value(), Region::parse("eu-west-1").value(), kSettings);
    const std::vector<IamPermission> expected{
        {"ssm:GetParameter", "arn:aws:ssm:eu-west-1:222222222222:parameter/models/churn/auc"}};
    EXPECT_EQ(permissions, expected);
}

TEST(SSMParamStoreValue, RefusesWhatIsNoNumberAndNamesTheParameter) {
    for (const auto* text : {"NaN", "Infinity", "", "12 apples", "0x10", "1e999", "１２"}) {
        const auto value = value_of_parameter({{"Parameter", {{"Value", text}}}});
        ASSERT_FALSE(value) << text;
        EXPECT_EQ(value.error().kind, ErrorKind::malformed_input);
        EXPECT_THAT(value.error().message, HasSubstr("/models/churn/auc"));
    }
}

TEST(SSMParamStoreValue, RefusesAnswersOfAnotherShape) {
    for (const auto* answer :
         {"{}", R"({"Parameter":7})", R"({"Parameter":{}})", R"({"Parameter":{"Value":7}})"}) {
        EXPECT_FALSE(value_of_parameter(object_of(answer))) << answer;
    }
}

}  // namespace
}  // namespace dsdash::metrics
