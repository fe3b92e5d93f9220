#include "endpoint/protocol.hpp"

#include "endpoint/json_protocol.hpp"
#include "endpoint/lambda_rest.hpp"
#include "endpoint/query_protocol.hpp"

namespace dsdash::endpoint {

namespace {

/// Lambda's REST-JSON: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
std::optional<AwsCall> read_rest_call(const http::Request& request) {
    auto match = match_lambda_rest(request);
    if (!match) {
        return std::nullopt;
    }
    return AwsCall{Protocol::rest_json, &lambda_service(), std::move(match->operation),
                   std::move(match->input)};
}

http::Response render_rest_error(const WireError& error) {
    constexpr int kServerFault = 500;
    http::Response response;
    response.status = error.status;
    response.headers.add("Content-Type", "application/json");
    response.headers.add("x-amzn-ErrorType", error.code);
    response.body = json::serialize(json::object{
        {"Type", error.status < kServerFault ? "User" : "Service"}, {"Message", error.message}});
    return response;
}

}  // namespace

std::optional<AwsCall> read_call(const http::Request& request) {
    for (const auto read : {json_protocol::read_call, query_protocol::read_call, read_rest_call}) {
        if (auto call = read(request)) {
            return call;
        }
    }
    if (request.headers.find("Authorization").value_or("").starts_with("AWS4-")) {
        return AwsCall{request.path() == "/" ? Protocol::json : Protocol::rest_json, nullptr, {}};
    }
    return std::nullopt;
}

Result<json::object> read_input(const AwsCall& call, const http::Request& request) {
    switch (call.protocol) {
        case Protocol::query:
            return query_protocol::read_input(request);
        case Protocol::rest_json:
            return call.input;
        case Protocol::json:
            break;
    }
    return json_protocol::read_input(request);
}

http::Response render_output(const AwsCall& call, const http::Request& request,
                             const json::object& output, const std::string& request_id) {
    switch (call.protocol) {
        case Protocol::query:
            return query_protocol::render_output(call, output, request_id);
        case Protocol::rest_json:
            return render_lambda_rest(call.operation, output);
        case Protocol::json:
            break;
    }
    return json_protocol::render_output(call, request, output);
}

http::Response render_error(const AwsCall& call, const http::Request& request, const Error& error,
                            const std::string& request_id, const json::object& fields) {
    const auto wire = to_wire_error(error, call.protocol);
    switch (call.protocol) {
        case Protocol::query:
            return query_protocol::render_error(wire, request_id);
        case Protocol::rest_json:
            return render_rest_error(wire);
        case Protocol::json:
            break;
    }
    return json_protocol::render_error(call, request, wire, fields);
}

}  // namespace dsdash::endpoint
