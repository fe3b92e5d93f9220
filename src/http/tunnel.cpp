#include "http/tunnel.hpp"

#include <fmt/format.h>

#include <array>

#include "http/response_reader.hpp"

namespace dsdash::http {

namespace {

constexpr int kProxyAuthenticationRequired = 407;

/// The answer's head. What follows it belongs to the tunnel, but a peer that waits for our first
/// TLS message sends nothing yet.
Result<Response> read_head(Link& link, Link::Deadline deadline) {
    ResponseReader reader(/*to_head=*/true);
    std::array<char, 4096> room{};
    auto progress = ResponseReader::Progress::need_more;
    while (progress == ResponseReader::Progress::need_more) {
        const auto count = link.read_some(room, deadline);
        if (!count) {
            return std::unexpected(count.error());
        }
        progress = *count == 0 ? ResponseReader::Progress::malformed
                               : reader.append({room.data(), *count});
    }
    if (progress == ResponseReader::Progress::malformed) {
        return fail(ErrorKind::unreachable, "the proxy's answer was cut off or is not HTTP");
    }
    return reader.take();
}

}  // namespace

Result<void> open_tunnel(Link& link, const Origin& origin, const Proxy& proxy,
                         Link::Deadline deadline) {
    const auto name = origin.host.contains(':') ? fmt::format("[{}]", origin.host) : origin.host;
    const auto target = fmt::format("{}:{}", name, origin.port);
    auto text = fmt::format("CONNECT {} HTTP/1.1\r\nHost: {}\r\n", target, target);
    if (!proxy.authorization.empty()) {
        text += fmt::format("Proxy-Authorization: {}\r\n", proxy.authorization);
    }
    text += "\r\n";
    if (auto written = link.write(text, deadline); !written) {
        return written;
    }
    const auto response = read_head(link, deadline);
    if (!response) {
        return std::unexpected(response.error());
    }
    if (response->status / 100 != 2) {
        const bool unknown_user = response->status == kProxyAuthenticationRequired;
        return fail(unknown_user ? ErrorKind::denied : ErrorKind::unreachable,
                    fmt::format("the proxy {} answered HTTP {} to CONNECT {}", proxy.origin.host,
                                response->status, target));
    }
    return {};
}

}  // namespace dsdash::http
