#pragma once

#include <fmt/format.h>

#include "aws/testing/scripted_service.hpp"
#include "domain/utc_time.hpp"

/// What a Runtime API says, for tests.
namespace dsdash::lambda {

inline http::Response next_answer(std::string payload, const std::string& request_id = "r-1",
                                  TimePoint deadline = std::chrono::floor<std::chrono::seconds>(
                                      std::chrono::system_clock::now() + std::chrono::minutes(1))) {
    auto response = aws::answer(200, std::move(payload));
    const auto since =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline.time_since_epoch());
    response.headers.add("Lambda-Runtime-Aws-Request-Id", request_id);
    response.headers.add("Lambda-Runtime-Deadline-Ms", fmt::format("{}", since.count()));
    response.headers.add("Lambda-Runtime-Invoked-Function-Arn",
                         "arn:aws:lambda:eu-west-1:111111111111:function:f");
    response.headers.add("Lambda-Runtime-Trace-Id", "Root=1-a;Sampled=0");
    return response;
}

inline http::Response accepted() {
    return aws::answer(202, R"({"status":"OK"})");
}

/// After this the loop ends.
inline http::Response runtime_is_gone() {
    return aws::answer(500, "{}");
}

/// "127.0.0.1:PORT"
inline std::string address_of(const aws::ScriptedService& service) {
    return service.origin().substr(std::string_view("http://").size());
}

}  // namespace dsdash::lambda
