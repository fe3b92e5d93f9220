#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dashboard/access/gate.hpp"
#include "embedded/tokens/token_watch.hpp"
#include "http/server.hpp"
#include "services/clock.hpp"

namespace dsdash::cli {

/// Who may ask the dashboard of a server with these options: on loopback everybody, elsewhere who
/// has a token, under the names of the certificate or one of `host_names`. malformed_input when
/// there is no such name; else as http::certificate_names and TokenFile::read. While there are no
/// tokens, the log says that `token_command` makes one. `tokens` and `clock` must outlive it.
Result<std::unique_ptr<dashboard::Gate>> make_dashboard_gate(
    const http::ServerOptions& options, const std::vector<std::string>& host_names,
    embedded::TokenWatch& tokens, std::string_view token_command, const Clock& clock);

}  // namespace dsdash::cli
