#pragma once

#include "http/link.hpp"
#include "http/proxy.hpp"

/// Included by tunnel.cpp and client.cpp only: it brings in Asio.
namespace dsdash::http {

/// Makes the proxy at the other end of `link` pass all that follows on to `origin` (CONNECT, RFC
/// 9110 section 9.3.6). denied when the proxy wants other credentials, unreachable when it refuses.
Result<void> open_tunnel(Link& link, const Origin& origin, const Proxy& proxy,
                         Link::Deadline deadline);

}  // namespace dsdash::http
