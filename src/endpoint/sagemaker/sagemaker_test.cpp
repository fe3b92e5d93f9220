#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "embedded/ledger/endpoint_ledger.hpp"
#include "embedded/ledger/job_ledger.hpp"
#include "endpoint/testing/service_caller.hpp"

namespace dsdash::endpoint {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

class SageMaker : public testing::Test {
  protected:
    /// A second later than the one before.
    void add_job(std::string_view name, std::string_view status = "") {
        ASSERT_TRUE(fixture_.account().jobs().start(name, {"./train", "--epochs", "3"}));
        fixture_.clock().time += seconds(1);
        if (!status.empty()) {
            ASSERT_TRUE(fixture_.account().jobs().finish(name, status, ""));
        }
    }
    void add_endpoint(std::string_view name, bool is_healthy) {
        ASSERT_TRUE(fixture_.account().endpoints().add(name, "http://127.0.0.1:1/", ""));
        fixture_.clock().time += seconds(1);
        ASSERT_TRUE(fixture_.account().endpoints().check(
            name, [&](const std::string&) { return is_healthy; }));
    }
    static std::vector<std::string> names(const json::object& output, std::string_view list,
                                          std::string_view member) {
        std::vector<std::string> names;
        for (const auto& entry : output.at(list).as_array()) {
            names.emplace_back(entry.at(member).as_string());
        }
        return names;
    }
    std::vector<std::string> jobs(std::string_view input) {
        return names(fixture_.call("ListTrainingJobs", input).value(), "TrainingJobSummaries",
                     "TrainingJobName");
    }
    std::vector<std::string> endpoints(std::string_view input) {
        return names(fixture_.call("ListEndpoints", input).value(), "Endpoints", "EndpointName");
    }

    ServiceCaller fixture_{sagemaker_service()};
    const TimePoint begin_ = fixture_.clock().time;
};

TEST_F(SageMaker, ListsTenOldestJobsByDefault) {
    for (int job = 10; job < 22; ++job) add_job(fmt::format("job-{}", job));
    const auto output = fixture_.call("ListTrainingJobs", "{}").value();
    const auto listed = names(output, "TrainingJobSummaries", "TrainingJobName");
    EXPECT_EQ(listed.size(), 10U);
    EXPECT_EQ(listed.front(), "job-10");
    const auto rest = jobs(json::serialize(json::object{{"NextToken", output.at("NextToken")}}));
    EXPECT_THAT(rest, ElementsAre("job-20", "job-21"));
}

TEST_F(SageMaker, FiltersJobsByStatusAfterItTookThePage) {
    add_job("a", "Failed");
    add_job("b", "Failed");
    add_job("c", "Completed");
    const auto page =
        fixture_.call("ListTrainingJobs", R"({"StatusEquals":"Completed","MaxResults":2})").value();
    EXPECT_TRUE(page.at("TrainingJobSummaries").as_array().empty());
    const json::object next{
        {"StatusEquals", "Completed"}, {"MaxResults", 2}, {"NextToken", page.at("NextToken")}};
    EXPECT_THAT(jobs(json::serialize(next)), ElementsAre("c"));
    EXPECT_THAT(jobs(R"({"StatusEquals":"Failed"})"), ElementsAre("a", "b"));
    EXPECT_THAT(jobs(R"({"StatusEquals":"Stopping"})"), ElementsAre());
}

TEST_F(SageMaker, FiltersAndSortsJobs) {
    add_job("churn-1", "Completed");
    add_job("fraud-1", "Stopped");
    add_job("churn-2");
    EXPECT_THAT(jobs(R"({"NameContains":"churn"})"), ElementsAre("churn-1", "churn-2"));
    EXPECT_THAT(jobs(R"({"SortBy":"Name","SortOrder":"Descending"})"),
                ElementsAre("fraud-1", "churn-2", "churn-1"));
    EXPECT_THAT(jobs(R"({"SortBy":"Status"})"), ElementsAre("churn-1", "churn-2", "fraud-1"));
    const double start = to_epoch_seconds(begin_);
    EXPECT_THAT(jobs(fmt::format(R"({{"CreationTimeAfter":{},"LastModifiedTimeBefore":{}}})", start,
                                 start + 2.5)),
                ElementsAre("fraud-1", "churn-2"));
    EXPECT_THAT(jobs(fmt::format(R"({{"LastModifiedTimeAfter":{}}})",
                                 static_cast<std::int64_t>(start) + 1)),
                ElementsAre("fraud-1", "churn-2"));
    EXPECT_THAT(jobs(R"({"WarmPoolStatusEquals":"Available"})"), ElementsAre());
}

TEST_F(SageMaker, SummarisesAJob) {
    add_job("train-1", "Completed");
    const auto output = fixture_.call("ListTrainingJobs", "{}").value();
    const double start = to_epoch_seconds(begin_);
    const json::object expected{
        {"TrainingJobName", "train-1"},
        {"TrainingJobArn", "arn:aws:sagemaker:eu-west-1:111111111111:training-job/train-1"},
        {"TrainingJobStatus", "Completed"},
        {"CreationTime", start},
        {"LastModifiedTime", start + 1},
        {"TrainingEndTime", start + 1}};
    EXPECT_EQ(output.at("TrainingJobSummaries"), json::array({expected}));
}

TEST_F(SageMaker, DescribesAJobWithWhatItsModelRequires) {
    add_job("train-1");
    ASSERT_TRUE(fixture_.account().jobs().finish("train-1", "Failed", "exit status 3"));
    const auto job =
        fixture_.call("DescribeTrainingJob", R"({"TrainingJobName":"train-1"})").value();
    for (const char* required :
         {"TrainingJobName", "TrainingJobArn", "ModelArtifacts", "TrainingJobStatus",
          "SecondaryStatus", "StoppingCondition", "CreationTime"}) {
        EXPECT_TRUE(job.contains(required)) << required;
    }
    EXPECT_EQ(job.at("SecondaryStatus"), "Failed");
    EXPECT_EQ(job.at("FailureReason"), "exit status 3");
    EXPECT_EQ(job.at("TrainingTimeInSeconds"), 1);
    EXPECT_EQ(job.at("AlgorithmSpecification").at("ContainerEntrypoint"), json::array({"./train"}));
    EXPECT_EQ(job.at("AlgorithmSpecification").at("ContainerArguments"),
              json::array({"--epochs", "3"}));
}

TEST_F(SageMaker, SaysWhatIsNotThereAsSageMakerDoes) {
    const auto job = fixture_.call("DescribeTrainingJob", R"({"TrainingJobName":"none"})");
    EXPECT_EQ(job.error().code, "ResourceNotFound");
    EXPECT_EQ(job.error().message, "Requested resource not found.");
    const auto endpoint = fixture_.call("DescribeEndpoint", R"({"EndpointName":"none"})");
    EXPECT_EQ(endpoint.error().code, "ValidationException");
    EXPECT_EQ(endpoint.error().message,
              "Could not find endpoint "
              "\"arn:aws:sagemaker:eu-west-1:111111111111:endpoint/none\".");
}

TEST_F(SageMaker, ListsEndpointsNewestFirstAndFiltersBeforeThePage) {
    add_endpoint("a", true);
    add_endpoint("b", false);
    add_endpoint("c", true);
    EXPECT_THAT(endpoints("{}"), ElementsAre("c", "b", "a"));
    EXPECT_THAT(endpoints(R"({"StatusEquals":"InService","MaxResults":2})"), ElementsAre("c", "a"));
    EXPECT_THAT(endpoints(R"({"StatusEquals":"OutOfService"})"), ElementsAre("b"));
    EXPECT_THAT(endpoints(R"({"SortOrder":"Ascending","NameContains":"a"})"), ElementsAre("a"));
}

TEST_F(SageMaker, DescribesAnEndpoint) {
    add_endpoint("churn", true);
    const auto endpoint = fixture_.call("DescribeEndpoint", R"({"EndpointName":"churn"})").value();
    const double start = to_epoch_seconds(begin_);
    EXPECT_EQ(
        endpoint,
        (json::object{{"EndpointName", "churn"},
                      {"EndpointArn", "arn:aws:sagemaker:eu-west-1:111111111111:endpoint/churn"},
                      {"EndpointStatus", "InService"},
                      {"CreationTime", start},
                      {"LastModifiedTime", start + 1}}));
}

TEST_F(SageMaker, RefusesBadListInput) {
    for (std::string_view input :
         {R"({"MaxResults":0})", R"({"MaxResults":101})", R"({"MaxResults":"1"})",
          R"({"MaxResults":1.5})", R"({"StatusEquals":"completed"})", R"({"StatusEquals":""})",
          R"({"StatusEquals":"Completed Failed"})", R"({"SortBy":"Age"})", R"({"SortOrder":"Up"})",
          R"({"NameContains":"a_b"})", R"({"NameContains":"' OR 1"})",
          R"({"CreationTimeAfter":"2026-01-01"})", R"({"CreationTimeAfter":1e300})",
          R"({"LastModifiedTimeBefore":{}})", R"({"NextToken":"x"})", R"({"NextToken":7})"}) {
        EXPECT_EQ(fixture_.refusal("ListTrainingJobs", input), "ValidationException") << input;
        EXPECT_EQ(fixture_.refusal("ListEndpoints", input), "ValidationException") << input;
    }
}

TEST_F(SageMaker, RefusesTheTokenOfAnotherOrder) {
    add_job("a");
    add_job("b");
    const auto page = fixture_.call("ListTrainingJobs", R"({"MaxResults":1})").value();
    const std::string token(page.at("NextToken").as_string());
    const auto refusal = [&](std::string_view operation, std::string_view more) {
        return fixture_.refusal(operation, fmt::format(R"({{"NextToken":"{}"{}}})", token, more));
    };
    EXPECT_EQ(refusal("ListTrainingJobs", ""), "");
    EXPECT_EQ(refusal("ListTrainingJobs", R"(,"SortBy":"Name")"), "ValidationException");
    EXPECT_EQ(refusal("ListTrainingJobs", R"(,"SortOrder":"Descending")"), "ValidationException");
    EXPECT_EQ(refusal("ListEndpoints", R"(,"SortOrder":"Ascending")"), "ValidationException");
}

TEST_F(SageMaker, AsksPoliciesAboutTheResource) {
    EXPECT_EQ(fixture_.resource("ListEndpoints", "{}"), "*");
    EXPECT_EQ(fixture_.resource("ListTrainingJobs", "{}"), "*");
    EXPECT_EQ(fixture_.resource("DescribeTrainingJob", R"({"TrainingJobName":"a"})"),
              "arn:aws:sagemaker:eu-west-1:111111111111:training-job/a");
    EXPECT_EQ(fixture_.resource("DescribeEndpoint", R"({"EndpointName":"a"})"),
              "arn:aws:sagemaker:eu-west-1:111111111111:endpoint/a");
}

}  // namespace
}  // namespace dsdash::endpoint
