#include "cli/dashboard/listen_options.hpp"

#include "cli/listen_address.hpp"

namespace dsdash::cli {

void add_listen_options(CLI::App& command, ListenOptions& options) {
    command
        .add_option("--listen", options.listen,
                    "where; off loopback with TLS only; port 0: any that is free")
        ->type_name("ADDR:PORT")
        ->capture_default_str();
    command
        .add_option("--tls-certificate", options.certificate,
                    "speak TLS: the certificate, and those that lead to its root behind it (PEM)")
        ->type_name("FILE");
    command.add_option("--tls-key", options.key, "the certificate's private key (PEM)")
        ->type_name("FILE");
    command
        .add_option("--host", options.hosts,
                    "off loopback: a name under which the dashboard is asked, beside those of the "
                    "certificate")
        ->type_name("NAME")
        ->expected(1)
        ->take_all();
}

Result<http::ServerOptions> server_options(const ListenOptions& options) {
    auto server = parse_listen(options.listen);
    if (!server) {
        return server;
    }
    if (options.certificate.empty() != options.key.empty()) {
        return fail(ErrorKind::malformed_input,
                    "--tls-certificate and --tls-key are needed together");
    }
    if (!options.certificate.empty()) {
        server->tls = http::ServerTls{options.certificate, options.key};
    }
    if (auto checked = http::check_options(*server); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    return server;
}

}  // namespace dsdash::cli
