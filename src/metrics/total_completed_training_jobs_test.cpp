#include <gmock/gmock.h>

#include "metrics/catalogue.hpp"
#include "services/testing/fake_aws_api.hpp"

namespace dsdash::metrics {
namespace {

const Settings kNoSettings;

TEST(TotalCompletedTrainingJobs, CountsEveryPageThoughSomeAreShortOrEmpty) {
    FakeAwsApi api;
    api.script("sagemaker:ListTrainingJobs",
               {object_of(R"({"TrainingJobSummaries":[{},{}],"NextToken":"1"})"),
                object_of(R"({"TrainingJobSummaries":[],"NextToken":"2"})"),
                object_of(R"({"TrainingJobSummaries":[{}]})")});
    const auto value = total_completed_training_jobs()->compute(api, {{}, kNoSettings});
    ASSERT_TRUE(value) << value.error().message;
    EXPECT_EQ(*value, Decimal(3));
}

TEST(TotalCompletedTrainingJobs, AsksForCompletedJobsInTheLargestPages) {
    FakeAwsApi api;
    api.script("sagemaker:ListTrainingJobs", {object_of(R"({"TrainingJobSummaries":[]})")});
    ASSERT_TRUE(total_completed_training_jobs()->compute(api, {{}, kNoSettings}));
    EXPECT_EQ(api.inputs_of("sagemaker:ListTrainingJobs").at(0),
              object_of(R"({"StatusEquals":"Completed","MaxResults":100})"));
}

TEST(TotalCompletedTrainingJobs, HandsOnARefusal) {
    FakeAwsApi api;
    api.script("sagemaker:ListTrainingJobs",
               {fail(ErrorKind::denied, "not authorized", "AccessDeniedException")});
    const auto value = total_completed_training_jobs()->compute(api, {{}, kNoSettings});
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().kind, ErrorKind::denied);
}

}  // namespace
}  // namespace dsdash::metrics
