#pragma once

#include <optional>
#include <string>

#include "domain/json.hpp"
#include "http/message.hpp"

namespace dsdash::endpoint {

/// An operation of Lambda, as method, path, query and headers of a request name it.
struct RestCall {
    std::string operation;  ///< "Invoke"
    json::object input;
};

/// What `request` asks of Lambda; nothing when its method and path name none of its operations:
///     POST /2015-03-31/functions/{FunctionName}/invocations
///     GET  /2015-03-31/functions/
///     GET  /2015-03-31/functions/{FunctionName}
std::optional<RestCall> match_lambda_rest(const http::Request& request);

/// The answer to a call: Invoke's payload as the body and the rest in headers, other outputs as
/// JSON.
http::Response render_lambda_rest(std::string_view operation, const json::object& output);

}  // namespace dsdash::endpoint
