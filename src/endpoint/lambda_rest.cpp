#include "endpoint/lambda_rest.hpp"

#include <array>
#include <boost/url/pct_string_view.hpp>
#include <charconv>
#include <utility>

namespace dsdash::endpoint {

namespace {

constexpr std::string_view kFunctionsPath = "/2015-03-31/functions";
constexpr std::string_view kInvocations = "/invocations";

/// Nothing for a text whose percent signs are none.
std::optional<std::string> percent_decode(std::string_view text) {
    const auto encoded =
        boost::urls::make_pct_string_view(boost::core::string_view(text.data(), text.size()));
    if (!encoded) return std::nullopt;
    return encoded->decode();
}

/// What stands before the first `mark`, and behind it; all and nothing when there is none.
std::pair<std::string_view, std::string_view> split_at(std::string_view text, char mark) {
    const auto at = text.find(mark);
    if (at == std::string_view::npos) return {text, {}};
    return {text.substr(0, at), text.substr(at + 1)};
}

/// The decoded value of a query parameter; nothing when it is absent or malformed.
std::optional<std::string> find_parameter(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const auto [parameter, rest] = split_at(query, '&');
        query = rest;
        const auto [key, value] = split_at(parameter, '=');
        if (key == name) return percent_decode(value);
    }
    return std::nullopt;
}

void copy_parameter(const http::Request& request, std::string_view name, json::object& input) {
    if (auto value = find_parameter(request.query(), name)) input[name] = *value;
}

RestCall match_list(const http::Request& request) {
    RestCall call{"ListFunctions", {}};
    copy_parameter(request, "Marker", call.input);
    if (auto text = find_parameter(request.query(), "MaxItems")) {
        std::int64_t number = 0;
        const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), number);
        if (code == std::errc{} && end == text->data() + text->size()) {
            call.input["MaxItems"] = number;
        } else {
            call.input["MaxItems"] = *text;  // which the operation refuses
        }
    }
    return call;
}

RestCall match_invoke(const http::Request& request, std::string name) {
    RestCall call{"Invoke", {{"FunctionName", std::move(name)}, {"Payload", request.body}}};
    copy_parameter(request, "Qualifier", call.input);
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kHeaders{{
        {"X-Amz-Invocation-Type", "InvocationType"},
        {"X-Amz-Log-Type", "LogType"},
    }};
    for (const auto& [header, field] : kHeaders) {
        if (const auto value = request.headers.find(header)) call.input[field] = *value;
    }
    return call;
}

http::Response render_invocation(const json::object& output) {
    http::Response response;
    response.status = static_cast<int>(output.at("StatusCode").to_number<std::int64_t>());
    response.body = std::string(output.at("Payload").get_string());
    if (!response.body.empty()) response.headers.add("Content-Type", "application/json");
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kHeaders{{
        {"FunctionError", "X-Amz-Function-Error"},
        {"ExecutedVersion", "X-Amz-Executed-Version"},
    }};
    for (const auto& [field, header] : kHeaders) {
        if (const auto* value = output.if_contains(field)) {
            response.headers.add(std::string(header), std::string(value->get_string()));
        }
    }
    return response;
}

}  // namespace

std::optional<RestCall> match_lambda_rest(const http::Request& request) {
    std::string_view path = request.path();
    if (!path.starts_with(kFunctionsPath)) return std::nullopt;
    path.remove_prefix(kFunctionsPath.size());
    if (path.empty() || path == "/") {
        return request.method == "GET" ? std::optional(match_list(request)) : std::nullopt;
    }
    if (!path.starts_with('/')) return std::nullopt;
    path.remove_prefix(1);

    const bool is_invoke = path.ends_with(kInvocations);
    if (is_invoke) path.remove_suffix(kInvocations.size());
    auto name = path.contains('/') ? std::nullopt : percent_decode(path);
    if (!name || name->empty() || request.method != (is_invoke ? "POST" : "GET")) {
        return std::nullopt;
    }
    if (is_invoke) return match_invoke(request, std::move(*name));
    RestCall call{"GetFunction", {{"FunctionName", std::move(*name)}}};
    copy_parameter(request, "Qualifier", call.input);
    return call;
}

http::Response render_lambda_rest(std::string_view operation, const json::object& output) {
    if (operation == "Invoke") return render_invocation(output);
    http::Response response;
    response.body = json::serialize(output);
    response.headers.add("Content-Type", "application/json");
    return response;
}

}  // namespace dsdash::endpoint
