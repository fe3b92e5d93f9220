#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "cli/dashboard/listen_options.hpp"
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
    ListenOptions listen;
};

Result<int> serve(const Options& options, Session& session) {
    const auto folder = data_folder(options.data, session.environment);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    const auto listening = server_options(options.listen);
    if (!listening) {
        return std::unexpected(listening.error());
    }
    keep_memory_small();
    StopSignals signals;  // before the server's threads
    spdlog::set_default_logger(spdlog::stderr_logger_mt("dsdash"));
    const auto home = ServedHome::start(*folder, *listening, options.listen.hosts);
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
    add_listen_options(*command, options->listen);
    add_examples(*command, {"dsdash serve --data home", "dsdash serve --data home --listen [::1]:0",
                            "dsdash serve --data home --listen 0.0.0.0:8443 "
                            "--tls-certificate dash.pem --tls-key dash.key"});
}

}  // namespace dsdash::cli
