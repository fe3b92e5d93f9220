#include <gmock/gmock.h>

#include "metrics/catalogue.hpp"
#include "services/testing/fake_aws_api.hpp"

namespace dsdash::metrics {
namespace {

TEST(CompletedTrainingJobs24h, AsksForWhatCompletedSinceYesterdayToTheEnd) {
    FakeAwsApi api;
    api.script("sagemaker:ListTrainingJobs",
               {object_of(R"({"TrainingJobSummaries":[],"NextToken":"1"})"),
                object_of(R"({"TrainingJobSummaries":[{}]})")});
    const auto now = from_epoch_seconds(1'800'000'000.25).value();
    const Settings settings;
    const auto value = completed_training_jobs_24h()->compute(api, {now, settings});
    ASSERT_TRUE(value) << value.error().message;
    EXPECT_EQ(*value, Decimal(1));
    const auto inputs = api.inputs_of("sagemaker:ListTrainingJobs");
    ASSERT_EQ(inputs.size(), 2U);
    EXPECT_EQ(inputs[0].at("LastModifiedTimeAfter").as_double(), 1'799'913'600.25);
    EXPECT_EQ(inputs[0].at("StatusEquals").as_string(), "Completed");
    EXPECT_EQ(inputs[1].at("LastModifiedTimeAfter"), inputs[0].at("LastModifiedTimeAfter"));
    EXPECT_EQ(inputs[1].at("NextToken").as_string(), "1");
}

}  // namespace
}  // namespace dsdash::metrics
