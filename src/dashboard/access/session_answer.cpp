#include "dashboard/access/session_answer.hpp"

#include "dashboard/problem.hpp"
#include "domain/json.hpp"

namespace dsdash::dashboard {

http::Response session_answer(const Access& access) {
    json::object body{{"role", role_name(access.role)}, {"projects", nullptr}, {"name", nullptr}};
    if (access.projects) {
        body["projects"] = json::array(access.projects->begin(), access.projects->end());
    }
    if (!access.name.empty()) body["name"] = access.name;
    http::Response response{.status = 200, .headers = {}, .body = json::serialize(body)};
    response.headers.add("Content-Type", "application/json");
    response.headers.add("Cache-Control", "no-store");
    return response;
}

http::Response session_method_not_allowed() {
    auto response = problem(405, "Method Not Allowed", "a session takes GET, POST and DELETE");
    response.headers.add("Allow", "GET, HEAD, POST, DELETE");
    return response;
}

}  // namespace dsdash::dashboard
