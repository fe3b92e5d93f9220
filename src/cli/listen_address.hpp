#pragma once

#include <string>
#include <string_view>

#include "http/server.hpp"

namespace dsdash::cli {

/// The options of a server that listens at ADDRESS:PORT; an IPv6 address stands in brackets.
/// malformed_input when `text` has another form.
Result<http::ServerOptions> parse_listen(std::string_view text);

/// Where a browser finds a server that was started with these options and listens on that port.
[[nodiscard]] std::string url_of(const http::ServerOptions& options, std::uint16_t port);

}  // namespace dsdash::cli
