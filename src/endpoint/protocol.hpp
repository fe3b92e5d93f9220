#pragma once

#include <optional>
#include <string>

#include "endpoint/errors.hpp"
#include "endpoint/operation.hpp"
#include "http/message.hpp"

namespace dsdash::endpoint {

/// An operation of an AWS service, as a request names it.
struct AwsCall {
    Protocol protocol = Protocol::json;
    const Service* service = nullptr;  ///< nullptr: the request names no service of ours
    std::string operation;             ///< may be one that the service does not have
    json::object input = {};           ///< of rest_json: from path, query, fields and body
};

/// What `request` calls; nothing when it is no AWS request: then it is the dashboard's. Whatever
/// is signed as AWS requests are is one.
[[nodiscard]] std::optional<AwsCall> read_call(const http::Request& request);

/// The operation's input. malformed_input with SerializationException when the body is none.
Result<json::object> read_input(const AwsCall& call, const http::Request& request);

[[nodiscard]] http::Response render_output(const AwsCall& call, const http::Request& request,
                                           const json::object& output,
                                           const std::string& request_id);
/// `fields`: as CallContext::error_fields.
[[nodiscard]] http::Response render_error(const AwsCall& call, const http::Request& request,
                                          const Error& error, const std::string& request_id,
                                          const json::object& fields = {});

}  // namespace dsdash::endpoint
