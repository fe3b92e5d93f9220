#include "cli/listen_address.hpp"

#include <fmt/format.h>

#include <charconv>

namespace dsdash::cli {

Result<http::ServerOptions> parse_listen(std::string_view text) {
    const auto colon = text.rfind(':');
    const auto port_text = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    http::ServerOptions options;
    const auto* end = port_text.data() + port_text.size();
    const auto [stop, code] = std::from_chars(port_text.data(), end, options.port);
    if (code != std::errc{} || stop != end || colon == 0) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("--listen must be ADDRESS:PORT, not \"{}\"", text));
    }
    auto address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) {
        address = address.substr(1, address.size() - 2);
    }
    options.address = address;
    return options;
}

std::string url_of(const http::ServerOptions& options, std::uint16_t port) {
    const bool ipv6 = options.address.find(':') != std::string::npos;
    return fmt::format(fmt::runtime(ipv6 ? "{}://[{}]:{}" : "{}://{}:{}"),
                       options.tls ? "https" : "http", options.address, port);
}

}  // namespace dsdash::cli
