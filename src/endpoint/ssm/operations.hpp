#pragma once

#include "endpoint/operation.hpp"

/// Systems Manager Parameter Store: docs.aws.amazon.com/systems-manager/latest/APIReference.
namespace dsdash::endpoint {

// put_parameter.cpp
Result<json::object> put_parameter(CallContext& context, const json::object& input);

// get_parameters.cpp
Result<json::object> get_parameter(CallContext& context, const json::object& input);
Result<json::object> get_parameters(CallContext& context, const json::object& input);

// list_parameters.cpp
Result<json::object> get_parameters_by_path(CallContext& context, const json::object& input);
Result<json::object> describe_parameters(CallContext& context, const json::object& input);

// delete_parameters.cpp
Result<json::object> delete_parameter(CallContext& context, const json::object& input);
Result<json::object> delete_parameters(CallContext& context, const json::object& input);

}  // namespace dsdash::endpoint
