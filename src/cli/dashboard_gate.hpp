#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dashboard/access/gate.hpp"
#include "embedded/tokens/token_watch.hpp"
#include "http/server.hpp"
#include "services/clock.hpp"

namespace dsdash::cli {

/// Who may ask the dashboard of a server with these options: on loopback everybody, elsewhere who
/// has a token, under the names of the certificate or one of `host_names`. malformed_input when
/// there is no such name, or the tokens cannot be read; else as http::certificate_names. `tokens`
/// and `clock` must outlive it.
Result<std::unique_ptr<dashboard::Gate>> make_dashboard_gate(
    const http::ServerOptions& options, const std::vector<std::string>& host_names,
    embedded::TokenWatch& tokens, const Clock& clock);

}  // namespace dsdash::cli
