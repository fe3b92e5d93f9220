#pragma once

#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace dsdash::embedded {

struct LoopbackUrl {
    std::string origin;  ///< "http://127.0.0.1:9000"
    std::string target;  ///< path and query, at least "/"
};

/// Reads an address that the server may call although a client gave it: http, on this machine
/// (127.0.0.0/8, [::1] or localhost), without user or fragment, at most 2,048 bytes. Anything else
/// is malformed_input that names `field`: the server must not reach for others into networks that
/// they cannot reach.
Result<LoopbackUrl> parse_loopback_url(std::string_view field, std::string_view url);

}  // namespace dsdash::embedded
