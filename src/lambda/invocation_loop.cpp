#include "lambda/invocation_loop.hpp"

#include <fmt/format.h>

#include <exception>

namespace dsdash::lambda {

namespace {

Result<std::string> handle_safely(const InvocationHandler& handler, const Invocation& invocation) {
    try {
        return handler(invocation);
    } catch (const std::exception& exception) {
        return fail(ErrorKind::internal, fmt::format("it threw: {}", exception.what()));
    } catch (...) {
        return fail(ErrorKind::internal, "it threw something unknown");
    }
}

/// A message about malformed input may quote the payload, which is the caller's alone. What a
/// service said of our own request (it has a `where`) is not.
json::object loggable(const Error& error) {
    json::object fields{{"errorType", error_type(error)}};
    if (error.kind != ErrorKind::malformed_input || !error.where.empty()) {
        fields["errorMessage"] = error.message;
    }
    if (!error.where.empty()) {
        fields["operation"] = error.where;
    }
    return fields;
}

void log_end(FunctionLog& log, const Result<std::string>& answer,
             std::chrono::microseconds duration) {
    auto fields = answer ? json::object{} : loggable(answer.error());
    fields["durationMs"] = static_cast<double>(duration.count()) / 1000;
    log.write(answer ? LogLevel::info : LogLevel::error,
              answer ? "the invocation was answered" : "the invocation failed", fields);
}

}  // namespace

Error serve_invocations(RuntimeApi& runtime, const InvocationHandler& handler, FunctionLog& log,
                        const Clock& clock) {
    for (;;) {
        log.set_request_id({});
        const auto invocation = runtime.next();
        if (!invocation) {
            return invocation.error();
        }
        log.set_request_id(invocation->request_id);
        const auto begun = clock.now();
        auto answer = handle_safely(handler, *invocation);
        log_end(log, answer, clock.now() - begun);
        const auto told = answer ? runtime.respond(*invocation, std::move(*answer))
                                 : runtime.report_error(*invocation, answer.error());
        if (!told) {
            return told.error();
        }
    }
}

}  // namespace dsdash::lambda
