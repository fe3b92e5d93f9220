#include "cli/client/function_call.hpp"

#include <fmt/format.h>

namespace dsdash::cli {

namespace {

/// {"errorMessage":…} is what Lambda answers for a function that failed.
std::string message_in(const std::string& payload) {
    const auto object = parse_json_object(payload);
    const auto message = object ? optional_string(*object, "errorMessage") : std::nullopt;
    return message && *message ? **message : payload;
}

}  // namespace

Result<std::string> invoke_function(AwsApi& api, std::string_view name, std::string_view payload) {
    auto answer = api.call("lambda", "Invoke", {{"FunctionName", name}, {"Payload", payload}});
    if (!answer) {
        if (answer.error().kind == ErrorKind::not_found) {
            answer.error().hint = "dsdash deploy hub or dsdash deploy spoke makes the functions";
        }
        return std::unexpected(answer.error());
    }
    auto output = optional_string(*answer, "Payload");
    const auto function_error = optional_string(*answer, "FunctionError");
    if (!output || !function_error) {
        return std::unexpected(output ? function_error.error() : output.error());
    }
    if (*function_error) {
        return fail(ErrorKind::internal,
                    fmt::format("{} failed: {}", name, message_in(output->value_or(""))));
    }
    return output->value_or("null");
}

}  // namespace dsdash::cli
