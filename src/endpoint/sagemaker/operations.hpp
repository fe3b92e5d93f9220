#pragma once

#include "endpoint/operation.hpp"

/// SageMaker's training jobs and endpoints, over the account's ledgers:
/// docs.aws.amazon.com/sagemaker/latest/APIReference.
namespace dsdash::endpoint {

// training_jobs.cpp
Result<json::object> list_training_jobs(CallContext& context, const json::object& input);
Result<json::object> describe_training_job(CallContext& context, const json::object& input);

// endpoints.cpp
Result<json::object> list_endpoints(CallContext& context, const json::object& input);
Result<json::object> describe_endpoint(CallContext& context, const json::object& input);

}  // namespace dsdash::endpoint
