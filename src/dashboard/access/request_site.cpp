#include "dashboard/access/request_site.hpp"

#include "dashboard/problem.hpp"

namespace dsdash::dashboard {

RequestSite site_of(const http::Request& request, std::string_view scheme) {
    const auto& headers = request.headers;
    if (headers.count("Origin") > 1 || headers.count("Sec-Fetch-Site") > 1) {
        return RequestSite::other;
    }
    bool same = false;
    if (const auto fetch_site = headers.find("Sec-Fetch-Site")) {
        same = *fetch_site == "same-origin";
        // "none": typed into the address bar, or a bookmark.
        if (!same && *fetch_site != "none") return RequestSite::other;
    }
    if (const auto origin = headers.find("Origin")) {
        const auto own =
            std::string(scheme) + "://" + std::string(headers.find("Host").value_or(""));
        if (!http::equals_ignoring_case(*origin, own)) return RequestSite::other;
        same = true;
    }
    return same ? RequestSite::same : RequestSite::unknown;
}

bool is_write(const http::Request& request) {
    return request.method != "GET" && request.method != "HEAD";
}

http::Response refuse_other_site() {
    return problem(403, "Forbidden", "pages of another site may not ask this");
}

http::Response refuse_unknown_site() {
    return problem(403, "Forbidden",
                   "a write needs the Origin header of this server's own page, or a token "
                   "(Authorization: Bearer)");
}

}  // namespace dsdash::dashboard
