#include "cli/dashboard/dashboard_gate.hpp"

#include <spdlog/spdlog.h>

#include "dashboard/access/loopback_gate.hpp"
#include "dashboard/access/sign_in_gate.hpp"
#include "dashboard/loopback_host.hpp"
#include "http/certificate_names.hpp"

namespace dsdash::cli {

namespace {

bool is_loopback(const std::string& address) {
    const bool ipv6 = address.find(':') != std::string::npos;
    return dashboard::is_loopback_host(ipv6 ? "[" + address + "]" : address);
}

}  // namespace

Result<std::unique_ptr<dashboard::Gate>> make_dashboard_gate(
    const http::ServerOptions& options, const std::vector<std::string>& host_names,
    embedded::TokenWatch& tokens, std::string_view token_command, const Clock& clock) {
    if (is_loopback(options.address)) {
        return std::make_unique<dashboard::LoopbackGate>(options.tls ? "https" : "http");
    }
    auto names = host_names;
    if (options.tls) {
        const auto certified = http::certificate_names(options.tls->certificate_chain);
        if (!certified) {
            return std::unexpected(certified.error());
        }
        names.insert(names.end(), certified->begin(), certified->end());
    }
    // Without TLS the server refuses to start, and says so better.
    if (names.empty() && options.tls) {
        auto nameless = fail(ErrorKind::malformed_input, "the certificate names no host");
        nameless.error().hint = "say with --host under which name the dashboard is asked";
        return nameless;
    }
    const auto count = tokens.count();
    if (!count) {
        return std::unexpected(count.error());
    }
    if (*count == 0 && options.tls) {
        spdlog::warn("nobody can sign in to the dashboard yet; this makes a token: {}",
                     token_command);
    }
    return std::make_unique<dashboard::SignInGate>(tokens, clock, dashboard::HostNames(names));
}

}  // namespace dsdash::cli
