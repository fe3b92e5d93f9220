#pragma once

#include <string_view>

namespace dsdash::dashboard {

/// Whether a Host header names this machine: localhost, 127.x.y.z or [::1], with or without a port.
/// Any other name may be an attacker's that was made to resolve to 127.0.0.1 (DNS rebinding), whose
/// page could then read what we answer.
[[nodiscard]] bool is_loopback_host(std::string_view host);

}  // namespace dsdash::dashboard
