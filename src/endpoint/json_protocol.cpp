#include "endpoint/json_protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/crc.hpp>

namespace dsdash::endpoint::json_protocol {

namespace {

constexpr std::string_view kContentType = "application/x-amz-json-";

/// 1.0 or 1.1 as the client asked; services answer both.
std::string content_type(const AwsCall& call, const http::Request& request) {
    const auto asked = request.headers.find("Content-Type").value_or("");
    if (asked.starts_with(kContentType)) {
        const auto version = asked.substr(kContentType.size(), 3);
        if (version == "1.0" || version == "1.1") {
            return fmt::format("{}{}", kContentType, version);
        }
    }
    return fmt::format("{}{}", kContentType,
                       call.service == nullptr ? "1.1" : call.service->json_version);
}

http::Response render(const AwsCall& call, const http::Request& request, int status,
                      const json::object& body) {
    http::Response response;
    response.status = status;
    response.body = json::serialize(body);
    response.headers.add("Content-Type", content_type(call, request));
    if (call.service != nullptr && call.service->name == "dynamodb") {
        boost::crc_32_type checksum;
        checksum.process_bytes(response.body.data(), response.body.size());
        response.headers.add("x-amz-crc32", std::to_string(checksum.checksum()));
    }
    return response;
}

struct CommonError {
    std::string_view code;
    std::string_view prefix;
};

/// What does not come from the service itself but from the framework around it, by its parts.
constexpr std::array kCommonErrors = {
    CommonError{"AccessDeniedException", "com.amazon.coral.service#"},
    CommonError{"IncompleteSignatureException", "com.amazon.coral.service#"},
    CommonError{"InternalFailure", "com.amazon.coral.service#"},
    CommonError{"InvalidSignatureException", "com.amazon.coral.service#"},
    CommonError{"MissingAuthenticationTokenException", "com.amazon.coral.service#"},
    CommonError{"SerializationException", "com.amazon.coral.service#"},
    CommonError{"ServiceUnavailable", "com.amazon.coral.availability#"},
    CommonError{"ThrottlingException", "com.amazon.coral.availability#"},
    CommonError{"UnknownOperationException", "com.amazon.coral.service#"},
    CommonError{"UnrecognizedClientException", "com.amazon.coral.service#"},
    CommonError{"ValidationException", "com.amazon.coral.validate#"},
};

/// "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"; most services have no
/// prefix.
std::string type_of(const AwsCall& call, std::string_view code) {
    if (call.service == nullptr || call.service->error_prefix.empty()) {
        return std::string(code);
    }
    const auto* const common = std::ranges::find(kCommonErrors, code, &CommonError::code);
    const auto prefix = common == kCommonErrors.end() ? call.service->error_prefix : common->prefix;
    return fmt::format("{}{}", prefix, code);
}

}  // namespace

std::optional<AwsCall> read_call(const http::Request& request) {
    const auto target = request.headers.find("X-Amz-Target");
    if (!target) {
        return std::nullopt;
    }
    const auto dot = target->find('.');
    if (dot == std::string_view::npos) {
        return AwsCall{};
    }
    const auto services = all_services();
    const auto service = std::ranges::find_if(services, [&](const Service* candidate) {
        return !candidate->target_prefix.empty() &&
               candidate->target_prefix == target->substr(0, dot);
    });
    return AwsCall{Protocol::json, service == services.end() ? nullptr : *service,
                   std::string(target->substr(dot + 1))};
}

Result<json::object> read_input(const http::Request& request) {
    auto input = parse_json_object(request.body);
    if (!input) {
        input.error().code = "SerializationException";
    }
    return input;
}

http::Response render_output(const AwsCall& call, const http::Request& request,
                             const json::object& output) {
    return render(call, request, 200, output);
}

http::Response render_error(const AwsCall& call, const http::Request& request,
                            const WireError& error, const json::object& fields) {
    json::object body{{"__type", type_of(call, error.code)}, {"message", error.message}};
    for (const auto& [name, value] : fields) body[name] = value;
    auto response = render(call, request, error.status, body);
    response.headers.add("x-amzn-ErrorType", error.code);
    return response;
}

}  // namespace dsdash::endpoint::json_protocol
