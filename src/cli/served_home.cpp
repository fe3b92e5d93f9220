#include "cli/served_home.hpp"

#include "cli/dashboard/dashboard_gate.hpp"
#include "cli/dashboard/embedded_hubs.hpp"
#include "cli/dashboard/token_place.hpp"
#include "dashboard/dashboard_handler.hpp"
#include "embedded/delivery/delivery_engine.hpp"
#include "endpoint/dsdash/stack_deployment.hpp"
#include "endpoint/health_monitor.hpp"
#include "endpoint/health_probe.hpp"
#include "endpoint/hosted_functions.hpp"
#include "endpoint/server.hpp"

namespace dsdash::cli {

/// In the order in which they need each other, so that they go in the reverse one.
struct ServedHome::Parts {
    explicit Parts(const std::filesystem::path& directory)
        : tokens(embedded::TokenFile(directory)) {}

    SystemClock clock;
    RandomUuidSource uuids;
    std::unique_ptr<embedded::Home> home;
    std::unique_ptr<endpoint::HostedFunctions> functions;
    std::unique_ptr<embedded::DeliveryEngine> deliveries;
    std::unique_ptr<endpoint::HealthMonitor> health_monitor;
    std::unique_ptr<EmbeddedHubs> hubs;
    embedded::TokenWatch tokens;
    std::unique_ptr<dashboard::Gate> gate;
    std::unique_ptr<dashboard::DashboardHandler> dashboard;
    std::unique_ptr<endpoint::Server> endpoint;
    std::unique_ptr<http::Server> server;
};

ServedHome::ServedHome(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

ServedHome::~ServedHome() = default;

std::uint16_t ServedHome::port() const {
    return parts_->server->port();
}

Result<std::unique_ptr<ServedHome>> ServedHome::start(const std::filesystem::path& directory,
                                                      const http::ServerOptions& options,
                                                      const std::vector<std::string>& host_names) {
    auto parts = std::make_unique<Parts>(directory);
    auto& p = *parts;
    auto home = embedded::Home::open(directory, p.clock);
    if (!home) {
        return std::unexpected(home.error());
    }
    p.home = std::move(*home);
    if (auto locked = p.home->lock_for_serving(); !locked) {
        return std::unexpected(locked.error());
    }
    for (auto* account : p.home->accounts()) {
        if (auto renewed = endpoint::StackDeployment(*account, p.clock).renew_roles(); !renewed) {
            return std::unexpected(renewed.error());
        }
    }
    p.functions = std::make_unique<endpoint::HostedFunctions>(*p.home, p.clock, p.uuids);
    p.deliveries = std::make_unique<embedded::DeliveryEngine>(*p.home, *p.functions, p.clock);
    p.functions->attach(*p.deliveries);
    p.hubs = std::make_unique<EmbeddedHubs>(
        EmbeddedHubs::Parts{*p.home, *p.functions, *p.deliveries, p.clock, p.uuids});
    auto gate = make_dashboard_gate(options, host_names, p.tokens,
                                    token_create_command("--data", directory), p.clock);
    if (!gate) {
        return std::unexpected(gate.error());
    }
    p.gate = std::move(*gate);
    p.dashboard = std::make_unique<dashboard::DashboardHandler>(
        *p.hubs, p.clock, std::filesystem::absolute(directory).lexically_normal().string(),
        *p.gate);
    p.endpoint = std::make_unique<endpoint::Server>(
        endpoint::Server::Parts{*p.home, *p.functions, *p.deliveries, p.clock, p.uuids},
        [&p](const http::Request& request) { return p.dashboard->handle(request); });

    auto reporting = options;
    reporting.refuse = [&p](const http::Request& head, int status, std::string_view reason) {
        return p.endpoint->refuse(head, status, reason);
    };
    auto server = http::Server::start(
        reporting, [&p](const http::Request& request) { return p.endpoint->handle(request); });
    if (!server) {
        return std::unexpected(server.error());
    }
    p.server = std::move(*server);
    p.deliveries->start();
    p.health_monitor =
        std::make_unique<endpoint::HealthMonitor>(*p.home, endpoint::answers_health_check);
    return std::unique_ptr<ServedHome>(new ServedHome(std::move(parts)));
}

}  // namespace dsdash::cli
