#include "contract/contract_fixture.hpp"

namespace dsdash::contract_suite {
namespace {

/// What the metrics ask of SageMaker, and the functions' callers of Lambda.
class SageMakerContract : public Contract {};

std::string code_of(const Result<json::object>& answer) {
    return answer ? "" : answer.error().code;
}

TEST_F(SageMakerContract, ListsJobsAndEndpointsByStatus) {
    const auto jobs =
        home().api().call("sagemaker", "ListTrainingJobs", {{"StatusEquals", "Completed"}});
    ASSERT_TRUE(jobs) << jobs.error().message;
    EXPECT_TRUE(jobs->at("TrainingJobSummaries").is_array());
    const auto endpoints =
        home().api().call("sagemaker", "ListEndpoints", {{"StatusEquals", "InService"}});
    ASSERT_TRUE(endpoints) << endpoints.error().message;
    EXPECT_TRUE(endpoints->at("Endpoints").is_array());
}

TEST_F(SageMakerContract, AnswersNotFoundForAJobThatIsNotThere) {
    EXPECT_EQ(code_of(home().api().call("sagemaker", "DescribeTrainingJob",
                                        {{"TrainingJobName", own("none")}})),
              "ResourceNotFound");
}

TEST(LambdaContract, AnswersNotFoundForAFunctionThatIsNotThere) {
    const auto answer = home().api().call(
        "lambda", "Invoke", {{"FunctionName", "ds-dashboard-contract-none"}, {"Payload", "{}"}});
    EXPECT_EQ(code_of(answer), "ResourceNotFoundException");
    EXPECT_EQ(answer.error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace dsdash::contract_suite
