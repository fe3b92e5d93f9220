#pragma once

#include <string_view>

#include "domain/json.hpp"
#include "http/message.hpp"

/// Lambda's REST-JSON calls: Invoke, ListFunctions and GetFunction.
namespace dsdash::aws {

/// The unsigned request for `operation`. malformed_input for another operation, or when the input
/// lacks what goes into the path.
Result<http::Request> make_lambda_request(std::string_view operation, const json::object& input);

/// The output that a successful answer holds.
Result<json::object> read_lambda_output(std::string_view operation, const http::Response& response);

}  // namespace dsdash::aws
