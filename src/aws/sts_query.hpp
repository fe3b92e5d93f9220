#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/json.hpp"
#include "http/message.hpp"

/// STS's query protocol: a form asks, XML answers.
/// https://docs.aws.amazon.com/STS/latest/APIReference/CommonParameters.html
namespace dsdash::aws {

/// The unsigned request for `operation`.
[[nodiscard]] http::Request make_sts_request(
    std::string_view operation, const std::vector<std::pair<std::string, std::string>>& parameters);

/// GetCallerIdentity's answer as JSON. internal when it names no account.
Result<json::object> read_caller_identity(const http::Response& response);

}  // namespace dsdash::aws
