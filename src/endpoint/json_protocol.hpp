#pragma once

#include "endpoint/protocol.hpp"

/// AWS JSON 1.0 and 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
namespace dsdash::endpoint::json_protocol {

/// From "X-Amz-Target: <service>.<operation>"; nothing without that field.
[[nodiscard]] std::optional<AwsCall> read_call(const http::Request& request);
Result<json::object> read_input(const http::Request& request);
[[nodiscard]] http::Response render_output(const AwsCall& call, const http::Request& request,
                                           const json::object& output);
/// `fields`: members of the error beside its code and its message.
[[nodiscard]] http::Response render_error(const AwsCall& call, const http::Request& request,
                                          const WireError& error, const json::object& fields);

}  // namespace dsdash::endpoint::json_protocol
