#pragma once

#include <string>
#include <vector>

#include "cli/verb.hpp"
#include "http/server.hpp"

namespace dsdash::cli {

/// Where a dashboard is asked, and what it shows of itself there.
struct ListenOptions {
    std::string listen = "127.0.0.1:8080";
    std::string certificate = {};
    std::string key = {};
    std::vector<std::string> hosts = {};  ///< names beside those of the certificate
};

/// --listen, --tls-certificate, --tls-key and --host.
void add_listen_options(CLI::App& command, ListenOptions& options);

/// malformed_input for --listen in another form, and for a certificate without its key or a key
/// without its certificate; else as http::check_options.
Result<http::ServerOptions> server_options(const ListenOptions& options);

}  // namespace dsdash::cli
