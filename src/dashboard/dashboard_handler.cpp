#include "dashboard/dashboard_handler.hpp"

#include <algorithm>
#include <exception>

#include "dashboard/api.hpp"
#include "dashboard/asset.hpp"
#include "dashboard/conditional.hpp"
#include "dashboard/loopback_host.hpp"
#include "dashboard/problem.hpp"

namespace dsdash::dashboard {

namespace {

// No exception in the policy: no inline script or style, nothing from another host, no frames.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

void add_security_headers(http::Headers& headers) {
    headers.add("Content-Security-Policy", std::string(kContentSecurityPolicy));
    headers.add("X-Content-Type-Options", "nosniff");
    headers.add("Referrer-Policy", "no-referrer");
    headers.add("Cross-Origin-Resource-Policy", "same-origin");
    headers.add("Cross-Origin-Opener-Policy", "same-origin");
}

bool accepts_gzip(const http::Request& request) {
    const auto accepted = request.headers.find("Accept-Encoding");
    return accepted && accepted->find("gzip") != std::string_view::npos &&
           accepted->find("gzip;q=0") == std::string_view::npos;
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

http::Response json_response(const json::object& body) {
    http::Response response{.status = 200, .headers = {}, .body = json::serialize(body)};
    response.headers.add("Content-Type", "application/json");
    response.headers.add("Cache-Control", "no-cache");
    return response;
}

http::Response api_response(const http::Request& request, const ApiResource& resource,
                            const ApiContext& context) {
    const auto query = QueryParameters::parse(request.query(), resource.parameters);
    if (!query) return problem(query.error());
    const auto body = resource.get(context, *query);
    if (!body) return problem(body.error());
    return json_response(*body);
}

http::Response method_not_allowed() {
    auto response = problem(405, "Method Not Allowed", "the dashboard takes GET and HEAD only");
    response.headers.add("Allow", "GET, HEAD");
    return response;
}

}  // namespace

DashboardHandler::DashboardHandler(HubDirectory& hubs, const Clock& clock, std::string data_folder)
    : hubs_(hubs), clock_(clock), data_folder_(std::move(data_folder)) {}

http::Response DashboardHandler::handle(const http::Request& request) const {
    http::Response response;
    try {
        response = answer(request);
    } catch (const std::exception& bug) {
        response = problem(500, "Internal Server Error", bug.what());
    }
    add_security_headers(response.headers);
    return response;
}

http::Response DashboardHandler::answer(const http::Request& request) const {
    if (!is_loopback_host(request.headers.find("Host").value_or(""))) {
        return problem(421, "Misdirected Request",
                       "the Host header must be localhost, 127.0.0.1 or [::1]");
    }
    if (request.method != "GET" && request.method != "HEAD") return method_not_allowed();
    return answer_conditionally(request, route(request));
}

http::Response DashboardHandler::route(const http::Request& request) const {
    const std::string_view path = request.path();
    if (path == "/healthz") return json_response({{"status", "ok"}});

    const auto asset = std::ranges::find(assets(), path, &Asset::path);
    if (asset != assets().end()) return asset_response(request, *asset);

    for (const ApiResource* resource :
         {&hubs_resource(), &latest_resource(), &history_resource()}) {
        if (resource->path == path) {
            return api_response(request, *resource, {hubs_, clock_, data_folder_});
        }
    }
    return problem(404, "Not Found", "nothing is at this address; the page is at /");
}

}  // namespace dsdash::dashboard
