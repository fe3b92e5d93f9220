#include "stack/cdk/intrinsics.hpp"

#include <gtest/gtest.h>

#include "domain/arn.hpp"

namespace dsdash::cdk {
namespace {

TEST(InThisAccount, TakesAccountRegionAndPartitionFromTheStack) {
    const auto context = for_any_account({});
    EXPECT_EQ(
        in_this_account(parameter_arn(context.region, context.account, "/monitors/*")),
        sub("arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/monitors/*"));
    EXPECT_EQ(in_this_account("arn:aws:s3:::sagemaker-" + context.region.text() + "-" +
                              context.account.text() + "/*"),
              sub("arn:${AWS::Partition}:s3:::sagemaker-${AWS::Region}-${AWS::AccountId}/*"));
}

TEST(InThisAccount, LeavesWhatNamesNothingOfIt) {
    EXPECT_EQ(in_this_account("*"), json::value("*"));
    EXPECT_EQ(in_this_account("${AWS::Region}"), json::value("${AWS::Region}"));
}

TEST(InThisAccount, KeepsWhatOnlyLooksLikeAVariable) {
    EXPECT_EQ(in_this_account("arn:aws:s3:::${AWS::AccountId}"),
              sub("arn:${AWS::Partition}:s3:::${!AWS::AccountId}"));
}

}  // namespace
}  // namespace dsdash::cdk
