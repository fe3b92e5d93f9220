#include <array>

#include "domain/arn.hpp"
#include "endpoint/sagemaker/operations.hpp"

namespace dsdash::endpoint {

namespace {

std::string string_at(const json::object& input, std::string_view field) {
    return optional_string(input, field).value_or(std::nullopt).value_or("");
}

std::vector<std::string> training_job(const CallContext& context, const json::object& input) {
    return {training_job_arn(context.account.region(), context.account.id(),
                             string_at(input, "TrainingJobName"))};
}

std::vector<std::string> endpoint(const CallContext& context, const json::object& input) {
    return {endpoint_arn(context.account.region(), context.account.id(),
                         string_at(input, "EndpointName"))};
}

constexpr std::array kOperations{
    OperationEntry{"ListTrainingJobs", list_training_jobs},
    OperationEntry{"DescribeTrainingJob", describe_training_job, training_job},
    OperationEntry{"ListEndpoints", list_endpoints},
    OperationEntry{"DescribeEndpoint", describe_endpoint, endpoint},
};

}  // namespace

const Service& sagemaker_service() {
    static constexpr Service kService{"sagemaker", "SageMaker", "1.1", "", kOperations};
    return kService;
}

}  // namespace dsdash::endpoint
