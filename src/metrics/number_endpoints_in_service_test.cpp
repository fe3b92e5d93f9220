#include <gmock/gmock.h>

#include "metrics/catalogue.hpp"
#include "services/testing/fake_aws_api.hpp"

namespace dsdash::metrics {
namespace {

TEST(NumberEndPointsInService, CountsEveryPage) {
    FakeAwsApi api;
    api.script("sagemaker:ListEndpoints", {object_of(R"({"Endpoints":[{},{}],"NextToken":"1"})"),
                                           object_of(R"({"Endpoints":[{}]})")});
    const Settings settings;
    const auto value = number_endpoints_in_service()->compute(api, {{}, settings});
    ASSERT_TRUE(value) << value.error().message;
    EXPECT_EQ(*value, Decimal(3));
    EXPECT_EQ(api.inputs_of("sagemaker:ListEndpoints").at(0),
              object_of(R"({"StatusEquals":"InService","MaxResults":100})"));
}

TEST(NumberEndPointsInService, IsZeroWithoutEndpoints) {
    FakeAwsApi api;
    api.script("sagemaker:ListEndpoints", {object_of(R"({"Endpoints":[]})")});
    const Settings settings;
    EXPECT_EQ(number_endpoints_in_service()->compute(api, {{}, settings}).value(), Decimal(0));
}

}  // namespace
}  // namespace dsdash::metrics
