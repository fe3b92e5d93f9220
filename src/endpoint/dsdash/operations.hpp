#pragma once

#include "endpoint/operation.hpp"

/// The operations of the DsDash service: what the embedded home offers beyond AWS. Their inputs and
/// outputs are documented in docs/api.md. Each group lives in a file of its own.
namespace dsdash::endpoint {

// stacks.cpp
Result<json::object> deploy_stack(CallContext& context, const json::object& input);
Result<json::object> destroy_stack(CallContext& context, const json::object& input);
Result<json::object> describe_stacks(CallContext& context, const json::object& input);

// dead_letters.cpp
Result<json::object> list_dead_letters(CallContext& context, const json::object& input);
Result<json::object> replay_dead_letters(CallContext& context, const json::object& input);

// jobs.cpp
Result<json::object> start_job(CallContext& context, const json::object& input);
Result<json::object> heartbeat_job(CallContext& context, const json::object& input);
Result<json::object> finish_job(CallContext& context, const json::object& input);

// endpoints.cpp
Result<json::object> register_endpoint(CallContext& context, const json::object& input);
Result<json::object> deregister_endpoint(CallContext& context, const json::object& input);

}  // namespace dsdash::endpoint
