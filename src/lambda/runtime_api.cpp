#include "lambda/runtime_api.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "domain/json.hpp"

namespace dsdash::lambda {

namespace {

constexpr std::string_view kRuntime = "/2018-06-01/runtime";
constexpr int kTooLarge = 413;

std::unexpected<Error> unusable(std::string what) {
    return fail(ErrorKind::internal, fmt::format("the Runtime API {}", what));
}

/// Of milliseconds since 1970.
Result<TimePoint> parse_deadline(std::string_view text) {
    std::int64_t milliseconds = 0;
    const auto* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, milliseconds);
    // Up to the year 9999; what a TimePoint can hold besides.
    constexpr std::int64_t kMillisecondsMax = 253'402'300'800'000;
    if (parsed.ec != std::errc{} || parsed.ptr != end || milliseconds < 0 ||
        milliseconds >= kMillisecondsMax) {
        return unusable("gave no usable Lambda-Runtime-Deadline-Ms");
    }
    return TimePoint(std::chrono::milliseconds(milliseconds));
}

Result<Invocation> read_invocation(http::Response response) {
    const auto field = [&](std::string_view name) {
        return std::string(response.headers.find(name).value_or(""));
    };
    Invocation invocation;
    invocation.request_id = field("Lambda-Runtime-Aws-Request-Id");
    if (invocation.request_id.empty() || invocation.request_id.contains('/')) {
        return unusable("gave no usable Lambda-Runtime-Aws-Request-Id");
    }
    const auto deadline = parse_deadline(field("Lambda-Runtime-Deadline-Ms"));
    if (!deadline) {
        return std::unexpected(deadline.error());
    }
    invocation.deadline = *deadline;
    invocation.function_arn = field("Lambda-Runtime-Invoked-Function-Arn");
    invocation.trace_id = field("Lambda-Runtime-Trace-Id");
    invocation.payload = std::move(response.body);
    return invocation;
}

/// A service's own code, which may be anything, goes into a header.
bool is_header_word(std::string_view code) {
    constexpr std::size_t kCharactersMax = 256;
    const auto is_allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '.' || c == '_' || c == '-';
    };
    return !code.empty() && code.size() <= kCharactersMax && std::ranges::all_of(code, is_allowed);
}

std::string invocation_target(const Invocation& invocation, std::string_view what) {
    return fmt::format("{}/invocation/{}/{}", kRuntime, invocation.request_id, what);
}

}  // namespace

RuntimeApi::RuntimeApi(std::string_view address) : origin_(fmt::format("http://{}", address)) {}

Result<http::Response> RuntimeApi::send(http::Request request) {
    request.headers.add("User-Agent", "dsdash");
    auto response = client_.send(origin_, request, std::chrono::steady_clock::time_point::max());
    if (!response) {
        return unusable(fmt::format("cannot be reached: {}", response.error().message));
    }
    if (response->status / 100 != 2 && response->status != kTooLarge) {
        return unusable(fmt::format("answered HTTP {} to {}", response->status, request.target));
    }
    return response;
}

Result<Invocation> RuntimeApi::next() {
    http::Request request;
    request.target = fmt::format("{}/invocation/next", kRuntime);
    auto response = send(std::move(request));
    if (!response) {
        return std::unexpected(std::move(response.error()));
    }
    return read_invocation(std::move(*response));
}

Result<void> RuntimeApi::respond(const Invocation& invocation, std::string answer) {
    http::Request request;
    request.method = "POST";
    request.target = invocation_target(invocation, "response");
    request.headers.add("Content-Type", "application/json");
    request.body = std::move(answer);
    const auto response = send(std::move(request));
    if (!response) {
        return std::unexpected(response.error());
    }
    if (response->status == kTooLarge) {
        return report_error(invocation, {ErrorKind::internal,
                                         "the function's answer is too large",
                                         "Function.ResponseSizeTooLarge",
                                         {},
                                         {}});
    }
    return {};
}

Result<void> RuntimeApi::report_error(const Invocation& invocation, const Error& error) {
    return post_error(invocation_target(invocation, "error"), error);
}

Result<void> RuntimeApi::report_init_error(const Error& error) {
    return post_error(fmt::format("{}/init/error", kRuntime), error);
}

Result<void> RuntimeApi::post_error(const std::string& target, const Error& error) {
    http::Request request;
    request.method = "POST";
    request.target = target;
    request.headers.add("Content-Type", "application/vnd.aws.lambda.error+json");
    request.headers.add("Lambda-Runtime-Function-Error-Type", std::string(error_type(error)));
    auto message = error.message;
    if (!error.where.empty()) {
        message += fmt::format(" [{}]", error.where);
    }
    request.body = json::serialize(json::object{{"errorMessage", message},
                                                {"errorType", error_type(error)},
                                                {"stackTrace", json::array{}}});
    const auto response = send(std::move(request));
    if (!response) {
        return std::unexpected(response.error());
    }
    return {};
}

std::string_view error_type(const Error& error) {
    if (is_header_word(error.code)) {
        return error.code;
    }
    return error.kind == ErrorKind::timed_out ? "Sandbox.Timedout" : "Function.Error";
}

}  // namespace dsdash::lambda
