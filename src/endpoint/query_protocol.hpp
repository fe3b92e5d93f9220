#pragma once

#include "endpoint/protocol.hpp"

/// A form in, XML out (STS): https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
namespace dsdash::endpoint::query_protocol {

/// From "Action=<operation>&Version=<of the service>" in a posted form; nothing for another
/// request.
[[nodiscard]] std::optional<AwsCall> read_call(const http::Request& request);
/// The form's fields, as strings.
Result<json::object> read_input(const http::Request& request);
/// `output` holds strings only.
[[nodiscard]] http::Response render_output(const AwsCall& call, const json::object& output,
                                           std::string_view request_id);
[[nodiscard]] http::Response render_error(const WireError& error, std::string_view request_id);

}  // namespace dsdash::endpoint::query_protocol
