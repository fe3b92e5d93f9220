#include <fmt/format.h>

#include "embedded/bus/bus.hpp"
#include "embedded/delivery/delivery_engine.hpp"
#include "endpoint/lambda/operations.hpp"

namespace dsdash::endpoint {

namespace {

// Lambda quotas, "Invocation payload".
constexpr std::size_t kPayloadBytesMax = 6 * 1024 * 1024;
constexpr std::size_t kAsyncPayloadBytesMax = 1024 * 1024;

constexpr std::string_view kVersion = "$LATEST";

enum class InvocationType { request_response, event, dry_run };

Result<InvocationType> read_type(const json::object& input) {
    auto type = optional_string(input, "InvocationType");
    if (!type) return std::unexpected(std::move(type.error()));
    if (!*type || **type == "RequestResponse") return InvocationType::request_response;
    if (**type == "Event") return InvocationType::event;
    if (**type == "DryRun") return InvocationType::dry_run;
    return fail(
        ErrorKind::malformed_input,
        fmt::format("InvocationType must be RequestResponse, Event or DryRun, not {}", **type),
        "InvalidParameterValueException");
}

/// The payload as JSON text; an invocation without one gets an empty event.
Result<std::string> read_payload(const json::object& input, std::size_t bytes_max) {
    auto payload = optional_string(input, "Payload");
    if (!payload) return std::unexpected(std::move(payload.error()));
    if (!*payload || (*payload)->empty()) return "{}";
    if ((*payload)->size() > bytes_max) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("Request must be smaller than {} bytes for the InvokeFunction "
                                "operation",
                                bytes_max),
                    "RequestTooLargeException");
    }
    if (auto checked = check_json(**payload); !checked) {
        return fail(
            ErrorKind::malformed_input,
            fmt::format("Could not parse request body into json: {}", checked.error().message),
            "InvalidRequestContentException");
    }
    return std::move(**payload);
}

json::object render_failure(std::string_view message, std::string_view type) {
    const json::object payload{{"errorMessage", message}, {"errorType", type}};
    return {{"StatusCode", 200},
            {"FunctionError", "Unhandled"},
            {"Payload", json::serialize(payload)},
            {"ExecutedVersion", kVersion}};
}

/// What errorType says: the function's own error code, or a name for the kind.
std::string_view type_of(const Error& error) {
    if (!error.code.empty()) return error.code;
    return error.kind == ErrorKind::timed_out ? "Sandbox.Timedout" : "Function.Error";
}

Result<json::object> run(CallContext& context, const embedded::FunctionRecord& function,
                         std::string_view payload) {
    auto invocation = context.deliveries.invoke(context.account, function, payload);
    if (!invocation) return std::unexpected(std::move(invocation.error()));
    const auto& answer = invocation->answer;
    if (!answer) return render_failure(answer.error().message, type_of(answer.error()));
    if (answer->size() > kPayloadBytesMax) {
        return render_failure(
            fmt::format("Response payload size exceeded maximum allowed payload size ({} bytes).",
                        kPayloadBytesMax),
            "Function.ResponseSizeTooLarge");
    }
    return json::object{{"StatusCode", 200}, {"Payload", *answer}, {"ExecutedVersion", kVersion}};
}

}  // namespace

Result<json::object> invoke_function(CallContext& context, const json::object& input) {
    auto type = read_type(input);
    if (!type) return std::unexpected(std::move(type.error()));
    auto function = find_function(context, input);
    if (!function) return std::unexpected(std::move(function.error()));
    auto payload = read_payload(
        input, *type == InvocationType::event ? kAsyncPayloadBytesMax : kPayloadBytesMax);
    if (!payload) return std::unexpected(std::move(payload.error()));

    switch (*type) {
        case InvocationType::request_response:
            return run(context, *function, *payload);
        case InvocationType::event: {
            auto queued = context.account.bus().queue_invocation(function->name, *payload);
            if (!queued) return std::unexpected(std::move(queued.error()));
            return json::object{{"StatusCode", 202}, {"Payload", ""}};
        }
        case InvocationType::dry_run:
            break;
    }
    return json::object{{"StatusCode", 204}, {"Payload", ""}};
}

}  // namespace dsdash::endpoint
