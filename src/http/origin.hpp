#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace dsdash::http {

/// Where requests go: "https://ssm.eu-west-1.amazonaws.com", "http://[::1]:8080".
struct Origin {
    bool tls = false;
    std::string host;  ///< a name or an address, without brackets
    std::uint16_t port = 0;

    /// malformed_input for what is not http or https, lacks a host, or has a path, a query or a
    /// user. One "/" at the end is accepted.
    static Result<Origin> parse(std::string_view text);
    /// As the Host field has it: brackets around IPv6, the port unless it is the scheme's own.
    [[nodiscard]] std::string host_field() const;
};

}  // namespace dsdash::http
