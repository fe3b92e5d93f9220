#include "stack/cdk/cdk_context.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace dsdash::cdk {
namespace {

using ::testing::HasSubstr;
using Values = std::map<std::string, std::string>;

// As aws-cdk 2.1148 writes it.
constexpr std::string_view kFromCli =
    R"({"metrics":"A,B=c","environment":"dev","aws:cdk:enable-path-metadata":true,)"
    R"("aws:cdk:bundling-stacks":[],"@aws-cdk/core:failSynthOnValidationErrors":false,)"
    R"("availability-zones:account=1:region=r":["a"]})";

TEST(CdkContext, SeparatesTheStacksKeysFromTheCdks) {
    const auto context = read_cdk_context(kFromCli, "").value();
    EXPECT_EQ(context.values, (Values{{"metrics", "A,B=c"}, {"environment", "dev"}}));
    EXPECT_TRUE(context.path_metadata);
    EXPECT_FALSE(context.bootstrap.uses_roles);
    EXPECT_EQ(context.bootstrap.qualifier, "hnb659fds");
}

TEST(CdkContext, MergesWhatDidNotFitTheEnvironment) {
    const auto context =
        read_cdk_context(R"({"environment":"dev"})", R"({"project_name":"churn"})").value();
    EXPECT_EQ(context.values, (Values{{"environment", "dev"}, {"project_name", "churn"}}));
}

TEST(CdkContext, IsEmptyWhenTheCliSaysNothing) {
    EXPECT_EQ(read_cdk_context("", "").value().values, Values{});
    EXPECT_EQ(read_cdk_context("{}", "").value().values, Values{});
}

TEST(CdkContext, TakesTruthAndNumbersOfCdkJsonAsText) {
    EXPECT_EQ(read_cdk_context(R"({"existing_table":true,"environment":5})", "").value().values,
              (Values{{"existing_table", "true"}, {"environment", "5"}}));
}

TEST(CdkContext, ChoosesBootstrapRolesAndQualifier) {
    const auto context =
        read_cdk_context(R"({"bootstrap":"roles","@aws-cdk/core:bootstrapQualifier":"team1"})", "")
            .value();
    EXPECT_TRUE(context.bootstrap.uses_roles);
    EXPECT_EQ(context.bootstrap.qualifier, "team1");
    EXPECT_EQ(context.values, Values{});
    EXPECT_EQ(asset_bucket(context.bootstrap), "cdk-team1-assets-${AWS::AccountId}-${AWS::Region}");
}

TEST(CdkContext, RefusesOtherValuesNamingTheKey) {
    for (const auto& [key, value] :
         {std::pair("metrics", R"(["A","B"])"), std::pair("metrics", "null"),
          std::pair("metrics", "1.5"), std::pair("metrics", R"({"a":1})"),
          std::pair("bootstrap", R"("yes")"),
          std::pair("@aws-cdk/core:bootstrapQualifier", R"("no/slash")"),
          std::pair("@aws-cdk/core:bootstrapQualifier", R"("eleven-char")"),
          std::pair("@aws-cdk/core:bootstrapQualifier", "1")}) {
        const auto context = read_cdk_context(fmt::format(R"({{"{}":{}}})", key, value), "");
        ASSERT_FALSE(context) << key << ' ' << value;
        EXPECT_EQ(context.error().kind, ErrorKind::malformed_input);
        EXPECT_THAT(context.error().message, HasSubstr(key));
    }
}

TEST(CdkContext, RefusesWhatIsNoObject) {
    for (const auto* text : {"[]", "{", "x", R"({"a":"\ud800"})", "\xff"}) {
        EXPECT_FALSE(read_cdk_context(text, "")) << text;
        EXPECT_FALSE(read_cdk_context("", text)) << text;
    }
}

}  // namespace
}  // namespace dsdash::cdk
