#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "cli/client/mending_commands.hpp"
#include "cli/dashboard/cache_folder.hpp"
#include "cli/dashboard/dashboard_gate.hpp"
#include "cli/dashboard/hub_upkeep.hpp"
#include "cli/dashboard/listen_options.hpp"
#include "cli/dashboard/token_place.hpp"
#include "cli/listen_address.hpp"
#include "cli/memory_settings.hpp"
#include "cli/stop_signals.hpp"
#include "cli/verbs.hpp"
#include "dashboard/dashboard_handler.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    ClientOptions client;
    ListenOptions listen;
    std::string cache;
    int poll_s = 30;
};

/// What a person calls the hub: as it was named, else by its account.
std::string hub_name(const ClientOptions& client, const AwsApi& api) {
    for (const auto* name : {&client.account, &client.profile}) {
        if (!name->empty()) {
            return *name;
        }
    }
    return api.account().text();
}

/// Shows the hub until a signal ends it.
Result<int> show(const Options& options, const http::ServerOptions& listening, AwsApi& reading,
                 AwsApi& asking, const std::filesystem::path& folder, Session& session) {
    keep_memory_small();
    StopSignals signals;  // before the threads
    spdlog::set_default_logger(spdlog::stderr_logger_mt("dsdash"));
    const SystemClock clock;
    RandomUuidSource uuids;
    const auto mirror =
        mirror::MirrorFile::open(folder, {reading.account(), reading.region()}, clock);
    if (!mirror) {
        return std::unexpected(mirror.error());
    }
    embedded::TokenWatch tokens{embedded::TokenFile(folder)};
    const auto gate = make_dashboard_gate(listening, options.listen.hosts, tokens,
                                          token_create_command("--cache", folder), clock);
    if (!gate) {
        return std::unexpected(gate.error());
    }
    AwsHubs hubs(
        {.summary = {reading.account(), hub_name(options.client, reading), reading.region()},
         .mirror = **mirror,
         .asking = asking,
         .clock = clock});
    const auto commands = mending_commands(options.client, session.environment);
    HubUpkeep upkeep({.api = reading,
                      .mirror = **mirror,
                      .hubs = hubs,
                      .clock = clock,
                      .uuids = uuids,
                      .commands = commands,
                      .poll_interval = std::chrono::seconds(options.poll_s)});
    hubs.on_fetch([&upkeep] { upkeep.hurry(); });
    if (auto started = upkeep.start(); !started) {
        return std::unexpected(std::move(started.error()));
    }
    dashboard::DashboardHandler dashboard(hubs, clock, "", **gate);
    const auto server = http::Server::start(
        listening, [&](const http::Request& request) { return dashboard.handle(request); });
    if (!server) {
        return std::unexpected(server.error());
    }
    session.console.out << "ready on " << url_of(listening, (*server)->port()) << std::endl;
    signals.wait_for_stop();
    return kSuccess;
}

Result<int> run_dashboard(const Options& options, Session& session) {
    const auto listening = server_options(options.listen);
    if (!listening) {
        return std::unexpected(listening.error());
    }
    // One that keeps the cache up to date, and one for what a person asks for meanwhile.
    const auto reading = session.connect_to_account(options.client, session.environment);
    if (!reading) {
        return std::unexpected(reading.error());
    }
    const auto asking = session.connect_to_account(options.client, session.environment);
    if (!asking) {
        return std::unexpected(asking.error());
    }
    const auto folder = cache_folder(options.cache, (*reading)->account(), (*reading)->region(),
                                     session.environment);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    return show(options, *listening, **reading, **asking, *folder, session);
}

}  // namespace

void declare_dashboard(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "dashboard", "Show the dashboard of a hub on AWS, from a cache that is kept up to date");
    const auto options = on_run(*command, session, run_dashboard);
    add_client_options(*command, options->client);
    add_listen_options(*command, options->listen);
    command
        ->add_option("--cache", options->cache,
                     "where the hub's tables are kept on this machine; by default "
                     "~/.cache/dsdash/ACCOUNT-REGION")
        ->type_name("DIR");
    command->add_option("--poll", options->poll_s, "look for new values every so many seconds")
        ->check(CLI::Range(5, 3'600))
        ->capture_default_str();
    add_examples(*command, {"dsdash dashboard --profile hub",
                            "dsdash dashboard --profile hub --listen 127.0.0.1:0 --poll 300",
                            "dsdash dashboard --profile hub --listen 0.0.0.0:8443 "
                            "--tls-certificate dash.pem --tls-key dash.key"});
    add_note(*command,
             "The first start reads the whole history, page by page; the page shows what is there\n"
             "from the first seconds on. The cache can be removed while this does not run;\n"
             "the tokens that open the dashboard off loopback lie in it, too.");
}

}  // namespace dsdash::cli
