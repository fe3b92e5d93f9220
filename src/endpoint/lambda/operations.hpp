#pragma once

#include "embedded/deployed/function_table.hpp"
#include "endpoint/operation.hpp"

/// The operations of Lambda: docs.aws.amazon.com/lambda/latest/api. Invoke's Payload is JSON text
/// in a string, and StatusCode is the HTTP status that the REST binding answers with.
namespace dsdash::endpoint {

// invoke.cpp
Result<json::object> invoke_function(CallContext& context, const json::object& input);

// describe.cpp
Result<json::object> list_functions(CallContext& context, const json::object& input);
Result<json::object> get_function(CallContext& context, const json::object& input);

// function_name.cpp
/// The function that FunctionName (a name, a partial or a whole ARN, with ":$LATEST" or without)
/// and Qualifier of the input name. not_found (ResourceNotFoundException) when it is not there, or
/// for any other version; denied when it is another account's.
Result<embedded::FunctionRecord> find_function(CallContext& context, const json::object& input);
/// Its ARN, for the caller's policy; that of nothing when the name is malformed.
std::vector<std::string> arn_of_named_function(const CallContext& context,
                                               const json::object& input);

}  // namespace dsdash::endpoint
