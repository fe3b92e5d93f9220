#include "http/origin.hpp"

#include <fmt/format.h>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace dsdash::http {

namespace urls = boost::urls;

namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

}  // namespace

Result<Origin> Origin::parse(std::string_view text) {
    const auto malformed = [&](std::string_view what) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("'{}' is no endpoint URL: {}", text, what));
    };
    const auto url = urls::parse_uri({text.data(), text.size()});
    if (!url) {
        return malformed("write http://HOST:PORT or https://HOST");
    }
    const auto scheme = url->scheme_id();
    if (scheme != urls::scheme::http && scheme != urls::scheme::https) {
        return malformed("the scheme must be http or https");
    }
    if (url->host().empty() || url->has_userinfo()) {
        return malformed("it needs a host and no user");
    }
    if ((!url->encoded_path().empty() && url->encoded_path() != "/") || url->has_query() ||
        url->has_fragment()) {
        return malformed("it must have no path, query or fragment");
    }
    if (url->has_port() && url->port_number() == 0) {
        return malformed("the port must be 1-65535");
    }
    Origin origin;
    origin.tls = scheme == urls::scheme::https;
    origin.host = url->host_address();
    origin.port = url->has_port() ? url->port_number() : (origin.tls ? kHttpsPort : kHttpPort);
    return origin;
}

std::string Origin::host_field() const {
    const auto name = host.contains(':') ? fmt::format("[{}]", host) : host;
    const bool usual = port == (tls ? kHttpsPort : kHttpPort);
    return usual ? name : fmt::format("{}:{}", name, port);
}

}  // namespace dsdash::http
