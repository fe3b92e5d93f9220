#include "dashboard/problem.hpp"

#include "domain/json.hpp"

namespace dsdash::dashboard {

namespace {

struct Status {
    int code;
    std::string_view title;
};

Status status_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::malformed_input:
            return {400, "Bad Request"};
        case ErrorKind::not_found:
            return {404, "Not Found"};
        case ErrorKind::conflict:
            return {409, "Conflict"};
        case ErrorKind::denied:
            return {403, "Forbidden"};
        case ErrorKind::throttled:
            return {429, "Too Many Requests"};
        case ErrorKind::unreachable:
            return {503, "Service Unavailable"};
        case ErrorKind::timed_out:
            return {504, "Gateway Timeout"};
        case ErrorKind::internal:
            break;
    }
    return {500, "Internal Server Error"};
}

}  // namespace

http::Response problem(int status, std::string_view title, std::string_view detail) {
    const json::object body{{"title", title}, {"status", status}, {"detail", detail}};
    http::Response response{.status = status, .headers = {}, .body = json::serialize(body)};
    response.headers.add("Content-Type", "application/problem+json");
    return response;
}

http::Response problem(const Error& error) {
    const Status status = status_of(error.kind);
    const std::string detail =
        error.hint.empty() ? error.message : error.message + " (" + error.hint + ")";
    return problem(status.code, status.title, detail);
}

}  // namespace dsdash::dashboard
