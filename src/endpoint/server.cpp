#include "endpoint/server.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "domain/arn.hpp"
#include "embedded/delivery/function_invoker.hpp"
#include "embedded/storage/account_identity.hpp"
#include "endpoint/protocol.hpp"

namespace dsdash::endpoint {

namespace {

static_assert(embedded::kInvocationsMax < http::kServerWorkers,
              "slow invocations would hold up every other request");

std::unexpected<Error> unknown_operation(const AwsCall& call) {
    return fail(
        ErrorKind::not_found,  // 400 for a JSON service, 404 for a REST one
        call.service == nullptr
            ? "The request names no service that is offered here."
            : fmt::format("The operation is not one that {} offers here.", call.service->name),
        "UnknownOperationException");
}

std::string user_arn(const embedded::AccountIdentity& identity) {
    return fmt::format("arn:{}:iam::{}:user/{}", partition_of(identity.region), identity.id.text(),
                       identity.name);
}

/// One line for each refused request. Names are ours, never the client's: what a client sends may
/// hold secrets, or line breaks.
void log_refusal(const AwsCall& call, std::string_view caller, const Error& error,
                 std::string_view request_id) {
    const auto* operation =
        call.service == nullptr ? nullptr : find_operation(*call.service, call.operation);
    spdlog::warn("refused {}.{} of {}: {} ({})", call.service == nullptr ? "?" : call.service->name,
                 operation == nullptr ? "?" : operation->name, caller.empty() ? "?" : caller,
                 to_wire_error(error, Protocol::json).code, request_id);
}

/// One line for each request of which AWS takes a part only, and the code of the first refusal.
void log_failed_entries(const AwsCall& call, std::string_view caller, const json::object& output,
                        std::string_view request_id) {
    const auto* count = output.if_contains("FailedEntryCount");
    if (count == nullptr || !count->is_int64() || count->get_int64() == 0) return;
    const auto* entries = output.if_contains("Entries");
    if (entries == nullptr) entries = output.if_contains("FailedEntries");
    std::string_view code = "?";
    for (const auto& entry : entries->get_array()) {
        if (const auto* failed = entry.get_object().if_contains("ErrorCode")) {
            code = failed->get_string();
            break;
        }
    }
    spdlog::warn("refused {} entries of {}.{} of {}: {} ({})", count->get_int64(),
                 call.service->name, call.operation, caller, code, request_id);
}

}  // namespace

Server::Server(const Parts& parts, http::Handler others)
    : parts_(parts),
      others_(std::move(others)),
      authenticator_(
          [this](std::string_view access_key_id) {
              const auto* account = parts_.home.find_by_access_key(access_key_id);
              return account == nullptr ? nullptr : &account->identity();
          },
          parts.clock) {}

http::Response Server::handle(const http::Request& request) {
    const auto request_id = parts_.uuids.next();
    std::optional<AwsCall> call;
    Result<json::object> output;
    json::object error_fields;
    std::string caller;
    try {
        call = read_call(request);
        if (!call) {
            return others_(request);
        }
        output = answer(*call, request, caller, error_fields);
    } catch (const std::exception& bug) {
        spdlog::error("request {} failed: {}", request_id, bug.what());
        output = fail(ErrorKind::internal, "An internal error occurred.");
    }
    const auto answered = call.value_or(AwsCall{});
    if (output) {
        log_failed_entries(answered, caller, *output, request_id);
    } else {
        log_refusal(answered, caller, output.error(), request_id);
    }
    auto response = output
                        ? render_output(answered, request, *output, request_id)
                        : render_error(answered, request, output.error(), request_id, error_fields);
    response.headers.add("x-amzn-RequestId", request_id);
    return response;
}

http::Response Server::refuse(const http::Request& head, int status, std::string_view reason) {
    constexpr int kTooLarge = 413;
    const auto request_id = parts_.uuids.next();
    const auto call = status == kTooLarge ? read_call(head) : std::nullopt;
    spdlog::warn("refused a request: {} {} ({})", status, reason, request_id);
    if (!call) return http::plain_refusal(head, status, reason);
    const Error error{
        ErrorKind::malformed_input, std::string(reason), "RequestEntityTooLarge", {}, {}};
    auto response = render_error(*call, head, error, request_id);
    response.headers.add("x-amzn-RequestId", request_id);
    return response;
}

Result<json::object> Server::answer(const AwsCall& call, const http::Request& request,
                                    std::string& caller, json::object& error_fields) {
    if (call.service == nullptr) {
        return unknown_operation(call);
    }
    const auto identity = authenticator_.authenticate(request, call.service->name);
    if (!identity) {
        return std::unexpected(identity.error());
    }
    caller = (*identity)->id.text();
    const auto* operation = find_operation(*call.service, call.operation);
    if (operation == nullptr) {
        return unknown_operation(call);
    }
    const auto input = read_input(call, request);
    if (!input) {
        return std::unexpected(input.error());
    }
    CallContext context{parts_.home,      *parts_.home.find((*identity)->id),
                        parts_.functions, parts_.deliveries,
                        parts_.clock,     user_arn(**identity)};
    auto output = operation->run(context, *input);
    error_fields = std::move(context.error_fields);
    return output;
}

}  // namespace dsdash::endpoint
