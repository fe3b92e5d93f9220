#include "cli/simulation/fleet_connections.hpp"

#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <set>

#include "aws/parameter_store.hpp"
#include "cli/account_files.hpp"
#include "cli/client/answer_fields.hpp"
#include "cli/client/function_call.hpp"
#include "cli/concurrently.hpp"
#include "domain/contract.hpp"
#include "embedded/accounts/home.hpp"
#include "metrics/catalogue.hpp"

namespace dsdash::cli {

namespace {

using simulation::Fleet;
using simulation::Plan;
using simulation::Spoke;

constexpr std::string_view kMonitorName = "SimulatedHub";
/// A round of the connection function that postpones everything is a fault.
constexpr int kConnectRoundsMax = 100;

/// What an extraction in this home could compute; the other metrics are known to the fleet only.
std::string catalogue_metrics(const Fleet& fleet) {
    std::string names;
    for (const auto& kind : fleet.metrics()) {
        const auto* metric = metrics::find_metric(kind.name);
        if (metric == nullptr || !metric->settings().empty()) continue;
        names += names.empty() ? "" : ",";
        names += kind.name;
    }
    return names;
}

Result<void> deploy(AwsApi& api, std::string_view stack, json::object context) {
    const auto deployed =
        api.call("dsdash", "DeployStack", {{"Stack", stack}, {"Context", std::move(context)}});
    if (!deployed) return std::unexpected(deployed.error());
    return {};
}

/// A hub that does not keep the fleet's first days would never have all of it.
Result<void> check_retention(const json::object& hub_stack, const Plan& plan) {
    const auto* context = hub_stack.if_contains("Context");
    const auto text = context != nullptr && context->is_object()
                          ? text_at(context->get_object(), "retention_days")
                          : std::string();
    int days = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), days);
    if (read.ec != std::errc() || plan.until - std::chrono::days(days) < plan.start()) return {};
    auto error = fail(ErrorKind::conflict,
                      fmt::format("the hub keeps records for {} days only, and this fleet began at "
                                  "{}",
                                  days, format_iso8601(plan.start())));
    error.error().hint = "give fewer --days, or deploy the hub without retention_days";
    return error;
}

/// A hub that is one already stays as it was deployed.
Result<void> deploy_hub(AwsApi& hub, const Plan& plan) {
    const auto stacks = hub.call("dsdash", "DescribeStacks", {});
    if (!stacks) return std::unexpected(stacks.error());
    for (const auto* stack : objects_at(*stacks, "Stacks")) {
        if (text_at(*stack, "Stack") == "hub") return check_retention(*stack, plan);
    }
    return deploy(hub, "hub", {});
}

Result<void> put_parameter(AwsApi& api, const std::string& name, const std::string& value) {
    const auto put =
        api.call("ssm", "PutParameter", {{"Name", name}, {"Value", value}, {"Type", "String"}});
    if (put) return {};
    if (put.error().kind != ErrorKind::conflict) return std::unexpected(put.error());
    const auto kept = aws::AwsParameterStore(api).get(name);
    if (!kept) return std::unexpected(kept.error());
    if (kept->value == value) return {};
    auto error =
        fail(ErrorKind::conflict, fmt::format("the parameter {} of account {} is {} and not {}",
                                              name, api.account().text(), kept->value, value));
    error.error().hint = "take another data folder, or another --seed";
    return error;
}

Result<void> invoke_connection(AwsApi& api, std::string_view action) {
    const auto payload = json::serialize(json::object{{"action", action}});
    for (int round = 0; round < kConnectRoundsMax; ++round) {
        const auto text = invoke_function(api, contract::kConnectionFunction, payload);
        if (!text) return std::unexpected(text.error());
        const auto answer = parse_json_object(*text);
        if (!answer) return std::unexpected(answer.error());
        bool is_done = true;
        for (const auto* account : objects_at(*answer, "Accounts")) {
            const auto result = text_at(*account, "Result");
            if (result == "failed") {
                return fail(
                    ErrorKind::internal,
                    fmt::format("{} of account {} with {} failed: {}", action, api.account().text(),
                                text_at(*account, "AccountId"), text_at(*account, "Message")));
            }
            if (result == "postponed") is_done = false;
        }
        if (is_done) return {};
    }
    return fail(ErrorKind::timed_out,
                fmt::format("{} of account {} comes to no end", action, api.account().text()));
}

}  // namespace

Result<void> FleetConnections::create_accounts(const HubHome& home, ProgressLine& progress) {
    const auto accounts = read_accounts(home.folder);
    if (!accounts) return std::unexpected(accounts.error());
    std::set<AccountId> existing;
    for (const auto& account : *accounts) existing.insert(account.id);
    for (const auto& spoke : fleet_.spokes) {
        if (existing.contains(spoke.account)) continue;
        auto created = embedded::Home::create_account(
            home.folder, {spoke.name(), spoke.account, home.region, home.endpoint_url});
        if (!created) {
            created.error().hint = "take another data folder for this fleet";
            return std::unexpected(created.error());
        }
        progress.show(fmt::format("accounts: {} of {}", spoke.number + 1, fleet_.spokes.size()));
    }
    return {};
}

Result<std::unique_ptr<AwsApi>> FleetConnections::api_of(const Spoke& spoke) const {
    return session_.connect_to_account(
        {.account = spoke.account.text(), .data = hub_.data, .endpoint_url = hub_.endpoint_url},
        session_.environment);
}

Result<void> FleetConnections::for_each_spoke(ProgressLine& progress, std::string_view what,
                                              const Step& step) {
    std::atomic<std::size_t> done = 0;
    const auto count = fleet_.spokes.size();
    return run_concurrently(count, kThreads, [&](std::size_t index) -> Result<void> {
        const auto& spoke = fleet_.spokes[index];
        const auto api = api_of(spoke);
        if (!api) return std::unexpected(api.error());
        if (auto taken = step(spoke, **api); !taken) return taken;
        progress.show(fmt::format("{}: {} of {} spokes", what, ++done, count));
        return {};
    });
}

Result<void> FleetConnections::connect(AwsApi& hub, ProgressLine& progress) {
    if (auto deployed = deploy_hub(hub, fleet_.plan); !deployed) return deployed;
    const auto metrics = catalogue_metrics(fleet_);
    auto done =
        for_each_spoke(progress, "deployed", [&](const Spoke& spoke, AwsApi& api) -> Result<void> {
            auto deployed = deploy(api, "spoke",
                                   {{"metrics", metrics},
                                    {"environment", spoke.environment},
                                    {"project_name", spoke.project_name}});
            if (!deployed) return deployed;
            auto put =
                put_parameter(api, fmt::format("{}{}", contract::kMonitorsPath, kMonitorName),
                              hub.account().text());
            if (!put) return put;
            return invoke_connection(api, "EBPut");
        });
    if (!done) return done;
    for (const auto& spoke : fleet_.spokes) {
        auto put = put_parameter(hub,
                                 fmt::format("{}{}/{}", contract::kMonitoredProjectsPath,
                                             spoke.project_name, spoke.environment),
                                 spoke.account.text());
        if (!put) return put;
    }
    for (const auto* action : {"EBPut", "EBRule"}) {
        if (auto connected = invoke_connection(hub, action); !connected) return connected;
    }
    return for_each_spoke(progress, "connected", [](const Spoke&, AwsApi& api) {
        return invoke_connection(api, "EBRule");
    });
}

}  // namespace dsdash::cli
