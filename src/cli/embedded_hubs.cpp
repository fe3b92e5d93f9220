#include "cli/embedded_hubs.hpp"

#include <fmt/format.h>

#include "embedded/deployed/stack_ledger.hpp"
#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/state_table.hpp"

namespace dsdash::cli {

namespace {

Result<bool> is_hub(embedded::Account& account) {
    const auto stack = account.stacks().find("hub");
    if (!stack) {
        return std::unexpected(stack.error());
    }
    return stack->has_value();
}

dashboard::HubSummary summary_of(const embedded::Account& account) {
    return {account.id(), account.identity().name, account.region()};
}

}  // namespace

Result<std::vector<dashboard::HubSummary>> EmbeddedHubs::hubs() {
    std::vector<dashboard::HubSummary> hubs;
    for (auto* account : home_.accounts()) {
        const auto hub = is_hub(*account);
        if (!hub) {
            return std::unexpected(hub.error());
        }
        if (*hub) {
            hubs.push_back(summary_of(*account));
        }
    }
    return hubs;
}

Result<dashboard::Hub> EmbeddedHubs::find(const AccountId& id) {
    auto* account = home_.find(id);
    if (account == nullptr) {
        return fail(ErrorKind::not_found, fmt::format("there is no account {}", id.text()));
    }
    const auto hub = is_hub(*account);
    if (!hub) {
        return std::unexpected(hub.error());
    }
    if (!*hub) {
        return fail(ErrorKind::not_found, fmt::format("account {} is not a hub", id.text()));
    }
    return dashboard::Hub{summary_of(*account), account->metric_table(), account->hub_state()};
}

}  // namespace dsdash::cli
