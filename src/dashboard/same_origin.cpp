#include "dashboard/same_origin.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace dsdash::dashboard {

namespace {

/// Host and port, as in a Host header.
std::string_view authority_of(std::string_view origin) {
    const auto url = boost::urls::parse_uri(origin);
    return url ? std::string_view(url->encoded_host_and_port()) : std::string_view();
}

}  // namespace

bool is_same_origin(const http::Request& request) {
    const auto site = request.headers.find("Sec-Fetch-Site");
    if (site && *site != "same-origin" && *site != "none") return false;
    const auto origin = request.headers.find("Origin");
    if (!origin) return true;
    const auto host = request.headers.find("Host");
    return host && http::equals_ignoring_case(authority_of(*origin), *host);
}

}  // namespace dsdash::dashboard
