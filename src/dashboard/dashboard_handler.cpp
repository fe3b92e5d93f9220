#include "dashboard/dashboard_handler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "dashboard/access/admitted_stream.hpp"
#include "dashboard/access/session_answer.hpp"
#include "dashboard/api/api.hpp"
#include "dashboard/asset.hpp"
#include "dashboard/conditional.hpp"
#include "dashboard/gzip.hpp"
#include "dashboard/live/hub_look.hpp"
#include "dashboard/open_metrics/open_metrics.hpp"
#include "dashboard/open_metrics/open_metrics_text.hpp"
#include "dashboard/problem.hpp"

namespace dsdash::dashboard {

namespace {

// No exception in the policy: no inline script or style, nothing from another host, no frames.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

constexpr std::string_view kEventsPath = "/api/v1/events";
/// How long a browser waits before it connects again, in milliseconds.
constexpr std::string_view kFirstLine = "retry: 2000\n\n";

void add_security_headers(http::Headers& headers) {
    headers.add("Content-Security-Policy", std::string(kContentSecurityPolicy));
    headers.add("X-Content-Type-Options", "nosniff");
    headers.add("Referrer-Policy", "no-referrer");
    headers.add("Cross-Origin-Resource-Policy", "same-origin");
    headers.add("Cross-Origin-Opener-Policy", "same-origin");
}

http::Response asset_response(const http::Request& request, const Asset& asset) {
    const bool gzip = accepts_gzip(request);
    http::Response response;
    response.body = gzip ? asset.gzip : asset.content;
    response.headers.add("Content-Type", std::string(asset.content_type));
    response.headers.add("Cache-Control", "no-cache");
    response.headers.add("Vary", "Accept-Encoding");
    if (gzip) response.headers.add("Content-Encoding", "gzip");
    return response;
}

http::Response json_response(std::string body) {
    http::Response response{.status = 200, .headers = {}, .body = std::move(body)};
    response.headers.add("Content-Type", "application/json");
    response.headers.add("Cache-Control", "no-cache");
    return response;
}

http::Response api_response(const http::Request& request, const ApiResource& resource,
                            const ApiContext& context) {
    const auto query = QueryParameters::parse(request.query(), resource.parameters);
    if (!query) return problem(query.error());
    auto body = resource.get(context, *query);
    if (!body) return problem(body.error());
    return json_response(*std::move(body));
}

http::Response metrics_response(const ApiContext& context) {
    auto text = render_open_metrics(context);
    if (!text) return problem(text.error());
    http::Response response{.status = 200, .headers = {}, .body = *std::move(text)};
    response.headers.add("Content-Type", std::string(OpenMetricsText::kContentType));
    return response;
}

const ApiResource* find_resource(std::string_view path) {
    const auto found = std::ranges::find(api_resources(), path, &ApiResource::path);
    return found == api_resources().end() ? nullptr : *found;
}

http::Response method_not_allowed(const ApiResource* resource) {
    const bool takes_post = resource != nullptr && resource->post != nullptr;
    const std::string_view methods = takes_post ? "GET, HEAD, POST" : "GET, HEAD";
    auto response = problem(405, "Method Not Allowed", fmt::format("this takes {} only", methods));
    response.headers.add("Allow", std::string(methods));
    return response;
}

bool is_read(const http::Request& request) {
    return request.method == "GET" || request.method == "HEAD";
}

/// What is shown to everybody: the page, with its sign-in, and whether the server is well.
std::optional<http::Response> public_response(const http::Request& request) {
    const std::string_view path = request.path();
    const auto asset = std::ranges::find(assets(), path, &Asset::path);
    if (path != "/healthz" && asset == assets().end()) return std::nullopt;
    if (!is_read(request)) return method_not_allowed(nullptr);
    if (asset == assets().end()) return json_response(R"({"status":"ok"})");
    return asset_response(request, *asset);
}

bool holds_json(const http::Request& request) {
    const auto type = request.headers.find("Content-Type").value_or("");
    return http::equals_ignoring_case(type.substr(0, type.find(';')), "application/json");
}

}  // namespace

DashboardHandler::DashboardHandler(HubDirectory& hubs, const Clock& clock, std::string data_folder,
                                   Gate& gate)
    : hubs_(hubs),
      clock_(clock),
      data_folder_(std::move(data_folder)),
      gate_(gate),
      changes_(HubLook(hubs_, fetches_, clock_)) {}

http::Response DashboardHandler::handle(const http::Request& request) {
    http::Response response;
    try {
        response = answer(request);
    } catch (const std::exception& bug) {
        response = problem(500, "Internal Server Error", bug.what());
    }
    add_security_headers(response.headers);
    return response;
}

http::Response DashboardHandler::answer(const http::Request& request) {
    if (auto refusal = gate_.check_host(request)) return *std::move(refusal);
    if (auto shown = public_response(request)) {
        return answer_conditionally(request, *std::move(shown));
    }
    if (request.path() == kSessionPath) return gate_.answer_session(request);
    const auto access = gate_.admit(request);
    if (!access) return access.error();
    if (!is_read(request)) return write(request, *access);
    return answer_compressed(request, answer_conditionally(request, read(request, *access)));
}

http::Response DashboardHandler::read(const http::Request& request, const Access& access) {
    const std::string_view path = request.path();
    if (path == "/metrics") return metrics_response(context(access));
    if (path == kEventsPath) return events(request, access);
    if (const auto* resource = find_resource(path)) {
        return api_response(request, *resource, context(access));
    }
    return problem(404, "Not Found", "nothing is at this address; the page is at /");
}

http::Response DashboardHandler::events(const http::Request& request, const Access& access) {
    static constexpr std::string_view kParameters[] = {"hub"};
    const auto query = QueryParameters::parse(request.query(), kParameters);
    if (!query) return problem(query.error());
    const auto id = query->required_account("hub");
    if (!id) return problem(id.error());
    if (const auto hub = hubs_.find(*id); !hub) return problem(hub.error());
    auto stream = changes_.listen(*id, access.projects);
    if (!stream) return problem(stream.error());
    http::Response response{.status = 200, .headers = {}, .body = std::string(kFirstLine)};
    response.headers.add("Content-Type", "text/event-stream");
    response.headers.add("Cache-Control", "no-store");
    response.stream = std::make_shared<AdmittedStream>(*std::move(stream), gate_, request);
    return response;
}

ApiContext DashboardHandler::context(const Access& access) {
    return {hubs_, fetches_, clock_, data_folder_, access};
}

http::Response DashboardHandler::write(const http::Request& request, const Access& access) {
    const auto* resource = find_resource(request.path());
    if (request.method != "POST" || resource == nullptr || resource->post == nullptr) {
        return method_not_allowed(resource);
    }
    // A form of another page can send neither this type nor, without asking first, a script.
    if (!holds_json(request)) {
        return problem(415, "Unsupported Media Type", "Content-Type must be application/json");
    }
    const auto body = parse_json_object(request.body);
    if (!body) return problem(body.error());
    const auto answer = resource->post(context(access), *body);
    if (!answer) return problem(answer.error());
    auto response = json_response(json::serialize(*answer));
    response.status = 202;
    return response;
}

}  // namespace dsdash::dashboard
