#include "invocations.hpp"

#include <fmt/format.h>

namespace dsdash::bench {

namespace {

std::int64_t monotonic_ns() {
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::int64_t deadline_ms() {
    constexpr std::chrono::minutes kTimeout{1};
    return std::chrono::floor<std::chrono::milliseconds>(
               (std::chrono::system_clock::now() + kTimeout).time_since_epoch())
        .count();
}

}  // namespace

std::optional<http::Response> Invocations::answer(const http::Request& request) {
    const auto now = monotonic_ns();
    if (request.method == "GET") {
        first_asked_ = first_asked_.value_or(now);
        return next();
    }
    answered_.push_back(now);
    check(request);
    return http::Response{202, {}, "{}"};
}

std::optional<http::Response> Invocations::next() {
    if (given_.size() == count_ || !failure_.empty()) {
        ended_ = true;
        return std::nullopt;
    }
    calls_.clear();
    http::Response response{200, {}, R"({"FetchId":"f"})"};
    response.headers.add("Lambda-Runtime-Aws-Request-Id", fmt::format("r-{}", given_.size()));
    response.headers.add("Lambda-Runtime-Deadline-Ms", std::to_string(deadline_ms()));
    response.headers.add("Lambda-Runtime-Invoked-Function-Arn",
                         "arn:aws:lambda:eu-west-1:222222222222:function:f");
    given_.push_back(monotonic_ns());
    return response;
}

void Invocations::check(const http::Request& request) {
    // The extraction answers with a reason for each metric that it could not compute.
    if (!request.target.ends_with("/response") || request.body.contains("\"Reason\"")) {
        failure_ = request.body;
    }
    if (answered_.size() == 1) {
        first_calls_ = calls_;
    } else if (calls_ != first_calls_) {
        failure_ = fmt::format("invocation {} made other calls than the first", answered_.size());
    }
}

json::object Invocations::report() const {
    return {{"first_asked", first_asked_.value_or(0)},
            {"given", json::value_from(given_)},
            {"answered", json::value_from(answered_)},
            {"calls", json::value_from(first_calls_)},
            {"failure", failure_}};
}

}  // namespace dsdash::bench
