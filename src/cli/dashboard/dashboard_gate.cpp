#include "cli/dashboard/dashboard_gate.hpp"

#include <spdlog/spdlog.h>

#include "dashboard/access/loopback_gate.hpp"
#include "dashboard/access/sign_in_gate.hpp"
#include "http/certificate_names.hpp"

namespace dsdash::cli {

Result<std::unique_ptr<dashboard::Gate>> make_dashboard_gate(
    const http::ServerOptions& options, const std::vector<std::string>& host_names,
    embedded::TokenWatch& tokens, std::string_view token_command, const Clock& clock) {
    if (http::is_loopback(options.address)) {
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
    if (names.empty()) {
        auto nameless = fail(ErrorKind::malformed_input, "the certificate names no host");
        nameless.error().hint = "say with --host under which name the dashboard is asked";
        return nameless;
    }
    const auto count = tokens.count();
    if (!count) {
        return std::unexpected(count.error());
    }
    if (*count == 0) {
        spdlog::warn("nobody can sign in to the dashboard yet; this makes a token: {}",
                     token_command);
    }
    return std::make_unique<dashboard::SignInGate>(tokens, clock, dashboard::HostNames(names));
}

}  // namespace dsdash::cli
