#include "aws/lambda_rest.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace dsdash::aws {

namespace {

constexpr std::string_view kFunctions = "/2015-03-31/functions/";

struct HeaderField {
    std::string_view member;
    std::string_view header;
};

// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
constexpr std::array kInvokeRequestFields = {
    HeaderField{"InvocationType", "X-Amz-Invocation-Type"},
    HeaderField{"LogType", "X-Amz-Log-Type"},
    HeaderField{"ClientContext", "X-Amz-Client-Context"},
};
constexpr std::array kInvokeResponseFields = {
    HeaderField{"FunctionError", "X-Amz-Function-Error"},
    HeaderField{"LogResult", "X-Amz-Log-Result"},
    HeaderField{"ExecutedVersion", "X-Amz-Executed-Version"},
};

std::string encode(std::string_view text) {
    return boost::urls::encode({text.data(), text.size()}, boost::urls::unreserved_chars);
}

/// "?name=value&…" of the members that are there; "" when none is.
Result<std::string> make_query(const json::object& input,
                               std::initializer_list<std::string_view> members) {
    std::string query;
    for (const auto name : members) {
        const auto* value = input.if_contains({name.data(), name.size()});
        if (value == nullptr || value->is_null()) {
            continue;
        }
        if (!value->is_string() && !value->is_int64() && !value->is_uint64()) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("{} must be a string or an integer", name));
        }
        const auto text =
            value->is_string() ? json::value_to<std::string>(*value) : json::serialize(*value);
        query += fmt::format("{}{}={}", query.empty() ? '?' : '&', name, encode(text));
    }
    return query;
}

Result<http::Request> make_invoke(const json::object& input, const std::string& path) {
    http::Request request;
    request.method = "POST";
    request.target = path + "/invocations";
    for (const auto& [member, header] : kInvokeRequestFields) {
        auto value = optional_string(input, member);
        if (!value) {
            return std::unexpected(std::move(value.error()));
        }
        if (*value) {
            request.headers.add(std::string(header), std::move(**value));
        }
    }
    auto query = make_query(input, {"Qualifier"});
    auto payload = optional_string(input, "Payload");
    if (!query || !payload) {
        return std::unexpected(query ? payload.error() : query.error());
    }
    request.target += *query;
    request.body = payload->value_or("");
    return request;
}

}  // namespace

Result<http::Request> make_lambda_request(std::string_view operation, const json::object& input) {
    http::Request request;
    if (operation == "ListFunctions") {
        auto query = make_query(input, {"Marker", "MaxItems", "FunctionVersion"});
        if (!query) {
            return std::unexpected(std::move(query.error()));
        }
        request.target = std::string(kFunctions) + *query;
        return request;
    }
    if (operation != "Invoke" && operation != "GetFunction") {
        return fail(ErrorKind::malformed_input, fmt::format("lambda has no {} here", operation));
    }
    const auto name = required_string(input, "FunctionName");
    if (!name) {
        return std::unexpected(name.error());
    }
    const auto path = fmt::format("{}{}", kFunctions, encode(*name));
    if (operation == "Invoke") {
        return make_invoke(input, path);
    }
    auto query = make_query(input, {"Qualifier"});
    if (!query) {
        return std::unexpected(std::move(query.error()));
    }
    request.target = path + *query;
    return request;
}

Result<json::object> read_lambda_output(std::string_view operation,
                                        const http::Response& response) {
    if (operation != "Invoke") {
        return parse_json_object(response.body);
    }
    json::object output{{"StatusCode", response.status}, {"Payload", response.body}};
    for (const auto& [member, header] : kInvokeResponseFields) {
        if (const auto value = response.headers.find(header)) {
            output[{member.data(), member.size()}] = json::string(value->data(), value->size());
        }
    }
    return output;
}

}  // namespace dsdash::aws
