#include "dashboard/access/loopback_gate.hpp"

#include "dashboard/access/request_site.hpp"
#include "dashboard/access/session_answer.hpp"
#include "dashboard/loopback_host.hpp"
#include "dashboard/problem.hpp"

namespace dsdash::dashboard {

std::optional<http::Response> LoopbackGate::check_host(const http::Request& request) const {
    if (is_loopback_host(request.headers.find("Host").value_or(""))) return std::nullopt;
    return problem(421, "Misdirected Request",
                   "the Host header must be localhost, 127.0.0.1 or [::1]");
}

Gate::Admission LoopbackGate::admit(const http::Request& request) {
    const auto site = site_of(request, scheme_);
    if (site == RequestSite::other) return std::unexpected(refuse_other_site());
    if (is_write(request) && site != RequestSite::same) {
        return std::unexpected(refuse_unknown_site());
    }
    return Access{Role::fleet_operator, {}, {}};
}

http::Response LoopbackGate::answer_session(const http::Request& request) {
    const auto access = admit(request);
    if (!access) return access.error();
    if (!is_write(request)) return session_answer(*access);
    if (request.method != "POST" && request.method != "DELETE") {
        return session_method_not_allowed();
    }
    return problem(409, "Conflict", "nobody signs in on loopback");
}

}  // namespace dsdash::dashboard
