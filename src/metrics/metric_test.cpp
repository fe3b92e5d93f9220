#include "metrics/metric.hpp"

#include <gmock/gmock.h>

namespace dsdash::metrics {
namespace {

class BucketObjects final : public Metric {
  public:
    BucketObjects()
        : Metric({.name = "BucketObjects",
                  .unit = "objects",
                  .description = "Objects in a bucket.",
                  .iam_permissions = {
                      {"sagemaker:DescribeEndpoint",
                       "arn:aws:sagemaker:**REGION**:**ACCOUNT_ID**:endpoint/**ACCOUNT_ID**"},
                      {"sagemaker:ListEndpoints", "*"}}}) {}

    Result<Decimal> compute(AwsApi& /*api*/, const MetricContext& /*context*/) const override {
        return Decimal(1);
    }
};

TEST(Metric, FillsInAccountAndRegionEverywhere) {
    const auto permissions = BucketObjects().get_iam_permissions(
        AccountId::parse("222222222222").value(), Region::parse("eu-west-1").value(), {});
    const std::vector<IamPermission> expected{
        {"sagemaker:DescribeEndpoint",
         "arn:aws:sagemaker:eu-west-1:222222222222:endpoint/222222222222"},
        {"sagemaker:ListEndpoints", "*"}};
    EXPECT_EQ(permissions, expected);
}

}  // namespace
}  // namespace dsdash::metrics
