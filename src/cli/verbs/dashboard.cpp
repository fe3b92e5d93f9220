#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "cli/cache_folder.hpp"
#include "cli/hub_upkeep.hpp"
#include "cli/listen_address.hpp"
#include "cli/mending_commands.hpp"
#include "cli/stop_signals.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "dashboard/access/loopback_gate.hpp"
#include "dashboard/dashboard_handler.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    ClientOptions client;
    std::string listen = "127.0.0.1:8080";
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

Result<int> show(const Options& options, Session& session) {
    const auto listening = parse_listen(options.listen);
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
    auto& api = **reading;
    const auto folder =
        cache_folder(options.cache, api.account(), api.region(), session.environment);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    StopSignals signals;  // before the threads
    spdlog::set_default_logger(spdlog::stderr_logger_mt("dsdash"));
    const SystemClock clock;
    RandomUuidSource uuids;
    const auto mirror = mirror::MirrorFile::open(*folder, {api.account(), api.region()}, clock);
    if (!mirror) {
        return std::unexpected(mirror.error());
    }
    AwsHubs hubs({.summary = {api.account(), hub_name(options.client, api), api.region()},
                  .mirror = **mirror,
                  .asking = **asking,
                  .clock = clock});
    const auto commands = mending_commands(options.client, session.environment);
    HubUpkeep upkeep({.api = api,
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
    dashboard::LoopbackGate gate("http");
    dashboard::DashboardHandler dashboard(hubs, clock, "", gate);
    const auto server = http::Server::start(
        *listening, [&](const http::Request& request) { return dashboard.handle(request); });
    if (!server) {
        return std::unexpected(server.error());
    }
    session.console.out << "ready on " << url_of(*listening, (*server)->port()) << std::endl;
    signals.wait_for_stop();
    return kSuccess;
}

}  // namespace

void declare_dashboard(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "dashboard", "Show the dashboard of a hub on AWS, from a cache that is kept up to date");
    const auto options = on_run(*command, session, show);
    add_client_options(*command, options->client);
    command->add_option("--listen", options->listen, "a loopback address; port 0: any that is free")
        ->type_name("ADDR:PORT")
        ->capture_default_str();
    command
        ->add_option("--cache", options->cache,
                     "where the hub's tables are kept on this machine; by default "
                     "~/.cache/dsdash/ACCOUNT-REGION")
        ->type_name("DIR");
    command->add_option("--poll", options->poll_s, "look for new values every so many seconds")
        ->check(CLI::Range(5, 3'600))
        ->capture_default_str();
    add_examples(*command, {"dsdash dashboard --profile hub",
                            "dsdash dashboard --profile hub --listen 127.0.0.1:0 --poll 300"});
    add_note(*command,
             "The first start reads the whole history, page by page; the page shows what is there\n"
             "from the first seconds on. The cache can be removed while this does not run.");
}

}  // namespace dsdash::cli
