#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "cli/data_folder.hpp"
#include "cli/listen_address.hpp"
#include "cli/memory_settings.hpp"
#include "cli/served_home.hpp"
#include "cli/stop_signals.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string data;
    std::string listen = "127.0.0.1:8080";
    std::string certificate;
    std::string key;
    std::vector<std::string> hosts;
};

Result<http::ServerOptions> server_options(const Options& options) {
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
    return server;
}

Result<int> serve(const Options& options, Session& session) {
    const auto folder = data_folder(options.data, session.environment);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    const auto listening = server_options(options);
    if (!listening) {
        return std::unexpected(listening.error());
    }
    keep_memory_small();
    StopSignals signals;  // before the server's threads
    spdlog::set_default_logger(spdlog::stderr_logger_mt("dsdash"));
    const auto home = ServedHome::start(*folder, *listening, options.hosts);
    if (!home) {
        return std::unexpected(home.error());
    }
    session.console.out << "ready on " << url_of(*listening, (*home)->port()) << std::endl;
    signals.wait_for_stop();
    return kSuccess;
}

}  // namespace

void declare_serve(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "serve", "Host the accounts of a data folder: AWS's protocols and the page on one port");
    const auto options = on_run(*command, session, serve);
    add_data_option(*command, options->data);
    command
        ->add_option("--listen", options->listen,
                     "where; off loopback with TLS only; port 0: any that is free")
        ->type_name("ADDR:PORT")
        ->capture_default_str();
    command
        ->add_option("--tls-certificate", options->certificate,
                     "speak TLS: the certificate, and those that lead to its root behind it (PEM)")
        ->type_name("FILE");
    command->add_option("--tls-key", options->key, "the certificate's private key (PEM)")
        ->type_name("FILE");
    command
        ->add_option("--host", options->hosts,
                     "off loopback: a name under which the dashboard is asked, beside those of the "
                     "certificate")
        ->type_name("NAME")
        ->expected(1)
        ->take_all();
    add_examples(*command, {"dsdash serve --data home", "dsdash serve --data home --listen [::1]:0",
                            "dsdash serve --data home --listen 0.0.0.0:8443 "
                            "--tls-certificate dash.pem --tls-key dash.key"});
}

}  // namespace dsdash::cli
