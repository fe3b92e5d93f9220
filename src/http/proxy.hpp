#pragma once

#include <optional>
#include <string>

#include "domain/result.hpp"
#include "http/origin.hpp"

namespace dsdash::http {

/// As HTTPS_PROXY, HTTP_PROXY and NO_PROXY have it.
struct ProxySettings {
    std::string for_https;  ///< "http://[user:password@]host[:port]"; empty: https goes directly
    std::string for_http;   ///< the same for http
    std::string except;     ///< hosts that are reached directly, see find_proxy
};

struct Proxy {
    Origin origin;
    std::string authorization;  ///< for Proxy-Authorization: "Basic …"; empty: none
};

/// The proxy through which `origin` is reached; nothing when it is reached directly: without a
/// proxy for its scheme, on loopback, or when `except` has it. That is a list with commas of names
/// ("example.com" and ".example.com" also cover what lies below), addresses, either with or without
/// ":port", or "*" for all. malformed_input for a proxy that is no http URL; the message does not
/// repeat it, as it may hold a password.
Result<std::optional<Proxy>> find_proxy(const ProxySettings& settings, const Origin& origin);

}  // namespace dsdash::http
