#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <charconv>

#include "cli/data_folder.hpp"
#include "cli/served_home.hpp"
#include "cli/stop_signals.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string data;
    std::string listen = "127.0.0.1:8080";
};

/// ADDR:PORT; an IPv6 address stands in brackets.
Result<http::ServerOptions> parse_listen(std::string_view text) {
    const auto colon = text.rfind(':');
    const auto port_text = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    http::ServerOptions options;
    const auto* end = port_text.data() + port_text.size();
    const auto [stop, code] = std::from_chars(port_text.data(), end, options.port);
    if (code != std::errc{} || stop != end || colon == 0) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("--listen must be ADDRESS:PORT, not \"{}\"", text));
    }
    auto address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) {
        address = address.substr(1, address.size() - 2);
    }
    options.address = address;
    return options;
}

std::string url_of(const http::ServerOptions& options, std::uint16_t port) {
    const bool ipv6 = options.address.find(':') != std::string::npos;
    return ipv6 ? fmt::format("http://[{}]:{}", options.address, port)
                : fmt::format("http://{}:{}", options.address, port);
}

Result<int> serve(const Options& options, Session& session) {
    const auto folder = data_folder(options.data, session.environment);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    const auto server_options = parse_listen(options.listen);
    if (!server_options) {
        return std::unexpected(server_options.error());
    }
    StopSignals signals;  // before the server's threads
    spdlog::set_default_logger(spdlog::stderr_logger_mt("dsdash"));
    const auto home = ServedHome::start(*folder, *server_options);
    if (!home) {
        return std::unexpected(home.error());
    }
    session.console.out << "ready on " << url_of(*server_options, (*home)->port()) << std::endl;
    signals.wait_for_stop();
    return kSuccess;
}

}  // namespace

void declare_serve(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "serve", "Host the accounts of a data folder: AWS's protocols and the page on one port");
    const auto options = on_run(*command, session, serve);
    add_data_option(*command, options->data);
    command->add_option("--listen", options->listen, "a loopback address; port 0: any that is free")
        ->type_name("ADDR:PORT")
        ->capture_default_str();
    add_examples(*command,
                 {"dsdash serve --data home", "dsdash serve --data home --listen [::1]:0"});
}

}  // namespace dsdash::cli
