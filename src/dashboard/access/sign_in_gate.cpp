#include "dashboard/access/sign_in_gate.hpp"

#include <spdlog/spdlog.h>

#include "dashboard/access/credentials.hpp"
#include "dashboard/access/request_site.hpp"
#include "dashboard/access/session_answer.hpp"
#include "dashboard/problem.hpp"
#include "domain/json.hpp"

namespace dsdash::dashboard {

namespace {

constexpr std::string_view kScheme = "https";
constexpr std::size_t kSignInBytesMax = 4096;

http::Response unauthorized(std::string_view detail) {
    auto response = problem(401, "Unauthorized", detail);
    response.headers.add("WWW-Authenticate", "Bearer");
    response.headers.add("Cache-Control", "no-store");
    return response;
}

http::Response too_many_attempts(std::chrono::seconds wait) {
    auto response = problem(429, "Too Many Requests", "too many attempts failed; try again later");
    response.headers.add("Retry-After", std::to_string(wait.count()));
    return response;
}

/// The detail goes into the log, not to a stranger: it names files.
http::Response cannot_read_tokens(const Error& error) {
    spdlog::error("cannot read the dashboard's tokens: {}", error.message);
    return problem(503, "Service Unavailable",
                   "sign-in does not work now; the server's log says why");
}

Access access_of(const DashboardToken& token) {
    return {token.role, token.name, token.projects};
}

Result<std::string> read_sign_in(const http::Request& request) {
    if (request.body.size() > kSignInBytesMax) {
        return fail(ErrorKind::malformed_input, "a sign-in has at most 4096 bytes");
    }
    const auto type = request.headers.find("Content-Type").value_or("");
    if (!http::equals_ignoring_case(type.substr(0, type.find(';')), "application/json")) {
        return fail(ErrorKind::malformed_input, "a sign-in is application/json");
    }
    const auto body = parse_json_object(request.body);
    if (!body) return std::unexpected(body.error());
    return required_string(*body, "token");
}

}  // namespace

std::optional<http::Response> SignInGate::check_host(const http::Request& request) const {
    if (names_.contains(request.headers.find("Host").value_or(""))) return std::nullopt;
    return problem(421, "Misdirected Request",
                   "the Host header must be a name of the server's certificate, or one that it was "
                   "given with --host");
}

// A token that is good is never held up, for others behind the same address may be trying.
Gate::Admission SignInGate::admit_bearer(const http::Request& request, std::string_view token) {
    const auto found = tokens_.find(sha256(token));
    if (!found) return std::unexpected(cannot_read_tokens(found.error()));
    if (*found) return access_of(**found);
    if (const auto wait = bad_tokens_.take(request.peer)) {
        return std::unexpected(too_many_attempts(*wait));
    }
    spdlog::warn("refused a bad dashboard token from {}", request.peer);
    return std::unexpected(unauthorized("the token is none, or was revoked"));
}

Gate::Admission SignInGate::admit_session(const http::Request& request, Sessions::Use use) {
    const auto id = session_cookie(request);
    const auto digest = id ? sessions_.find(*id, use) : std::nullopt;
    if (!digest) return std::unexpected(unauthorized("sign in first"));
    const auto token = tokens_.find(*digest);
    if (!token) return std::unexpected(cannot_read_tokens(token.error()));
    if (!*token) {
        sessions_.end(*id);
        return std::unexpected(unauthorized("the token of this session was revoked"));
    }
    return access_of(**token);
}

Gate::Admission SignInGate::admit(const http::Request& request) {
    if (const auto token = bearer_token(request)) {
        return admit_bearer(request, *token);
    }
    auto admission = admit_session(request, Sessions::Use::counts);
    if (!admission) return admission;
    const auto site = site_of(request, kScheme);
    if (site == RequestSite::other) return std::unexpected(refuse_other_site());
    if (is_write(request) && site != RequestSite::same) {
        return std::unexpected(refuse_unknown_site());
    }
    return admission;
}

bool SignInGate::still_admits(const http::Request& request) {
    if (const auto token = bearer_token(request)) {
        const auto found = tokens_.find(sha256(*token));
        return found && *found;
    }
    return admit_session(request, Sessions::Use::does_not_count).has_value();
}

http::Response SignInGate::sign_in(const http::Request& request) {
    const auto site = site_of(request, kScheme);
    if (site == RequestSite::other) return refuse_other_site();
    if (site != RequestSite::same) return refuse_unknown_site();
    const auto secret = read_sign_in(request);
    if (!secret) return problem(secret.error());
    if (const auto wait = sign_ins_.take(request.peer)) return too_many_attempts(*wait);
    const auto digest = sha256(*secret);
    const auto token = tokens_.find(digest);
    if (!token) {
        sign_ins_.give_back(request.peer);
        return cannot_read_tokens(token.error());
    }
    if (!*token) {
        spdlog::warn("refused a sign-in to the dashboard from {}", request.peer);
        return unauthorized("the token is none, or was revoked");
    }
    sign_ins_.give_back(request.peer);
    if (const auto before = session_cookie(request)) sessions_.end(*before);
    spdlog::info("{} signed in to the dashboard from {}", (*token)->name, request.peer);
    http::Response response{.status = 204, .headers = {}, .body = {}};
    response.headers.add("Set-Cookie", set_session_cookie(sessions_.begin(digest)));
    response.headers.add("Cache-Control", "no-store");
    return response;
}

http::Response SignInGate::sign_out(const http::Request& request) {
    if (const auto id = session_cookie(request)) sessions_.end(*id);
    http::Response response{.status = 204, .headers = {}, .body = {}};
    response.headers.add("Set-Cookie", set_session_cookie(""));
    response.headers.add("Cache-Control", "no-store");
    return response;
}

http::Response SignInGate::answer_session(const http::Request& request) {
    if (request.method == "POST") return sign_in(request);
    const auto access = admit(request);
    if (!access) return access.error();
    if (!is_write(request)) return session_answer(*access);
    return request.method == "DELETE" ? sign_out(request) : session_method_not_allowed();
}

}  // namespace dsdash::dashboard
