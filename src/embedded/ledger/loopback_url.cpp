#include "embedded/ledger/loopback_url.hpp"

#include <fmt/format.h>

#include <boost/url.hpp>

namespace dsdash::embedded {

namespace {

constexpr std::size_t kUrlBytesMax = 2'048;

bool is_loopback(const boost::urls::url_view& url) {
    const std::string_view host = url.encoded_host();
    if (host == "localhost" || host == "[::1]") return true;
    return url.host_type() == boost::urls::host_type::ipv4 && url.host_ipv4_address().is_loopback();
}

}  // namespace

Result<LoopbackUrl> parse_loopback_url(std::string_view field, std::string_view url) {
    const auto refuse = [&](std::string_view rule) {
        return fail(ErrorKind::malformed_input, fmt::format("{} {}", field, rule));
    };
    if (url.size() > kUrlBytesMax) {
        return refuse(fmt::format("must be at most {} bytes long", kUrlBytesMax));
    }
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed || parsed->scheme_id() != boost::urls::scheme::http) {
        return refuse("must be a URL that starts with http://");
    }
    if (!is_loopback(*parsed)) {
        return refuse("must be on this machine: its host 127.0.0.1, [::1] or localhost");
    }
    if (parsed->has_userinfo() || parsed->has_fragment()) {
        return refuse("must have neither a user nor a fragment");
    }
    if (parsed->has_port() && parsed->port_number() == 0) {
        return refuse("must have a port between 1 and 65535");
    }
    std::string target(parsed->encoded_target());
    // Boost 1.81 reads "127.0.0.1.example.com" as that address with the path ".example.com".
    if (!target.empty() && target.front() != '/' && target.front() != '?') {
        return refuse("must have a host that is followed by a port or a path");
    }
    if (!target.starts_with('/')) target.insert(0, 1, '/');
    return LoopbackUrl{"http://" + std::string(parsed->encoded_host_and_port()), std::move(target)};
}

}  // namespace dsdash::embedded
