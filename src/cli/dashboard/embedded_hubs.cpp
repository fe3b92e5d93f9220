#include "cli/dashboard/embedded_hubs.hpp"

#include <fmt/format.h>

#include "aws/event_bus.hpp"
#include "aws/parameter_store.hpp"
#include "cli/client/embedded_hub_records.hpp"
#include "cli/client/fetch_call.hpp"
#include "cli/dead_letters/dead_letters.hpp"
#include "cli/dead_letters/served_dead_letters.hpp"
#include "doctor/doctor.hpp"
#include "embedded/bus/dead_letter_queue.hpp"
#include "embedded/deployed/stack_ledger.hpp"
#include "endpoint/local_aws_api.hpp"
#include "functions/refresh_schedule.hpp"

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

DeadLetter dead_letter_of(const embedded::DeadLetter& delivery) {
    DeadLetter letter{.id = fmt::format("d-{}", delivery.number),
                      .kind = DeadLetter::Kind::delivery,
                      .time = delivery.time,
                      .target_arn = delivery.target_arn,
                      .error_code = delivery.error_code,
                      .error_message = delivery.error_message};
    if (const auto event = Event::from_json(delivery.body)) {
        describe(*event, letter);
    }
    return letter;
}

}  // namespace

/// AWS's operations for one request of the dashboard.
class EmbeddedHubs::OwnerApi {
  public:
    OwnerApi(const Parts& parts, embedded::Account& account)
        : role_(endpoint::FunctionRole::of_owner(account)),
          api_({parts.home, account, parts.functions, parts.deliveries, parts.clock, {}}, role_,
               parts.clock.now() + kTimeout) {}
    OwnerApi(const OwnerApi&) = delete;
    OwnerApi& operator=(const OwnerApi&) = delete;

    AwsApi& api() { return api_; }

  private:
    /// A request that takes longer has lost whoever asked.
    static constexpr std::chrono::seconds kTimeout{30};

    endpoint::FunctionRole role_;
    endpoint::LocalAwsApi api_;
};

Result<std::vector<dashboard::HubSummary>> EmbeddedHubs::hubs() {
    std::vector<dashboard::HubSummary> hubs;
    for (auto* account : parts_.home.accounts()) {
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

Result<embedded::Account*> EmbeddedHubs::hub_account(const AccountId& id) {
    auto* account = parts_.home.find(id);
    const auto hub = account == nullptr ? false : is_hub(*account);
    if (!hub) {
        return std::unexpected(hub.error());
    }
    if (!*hub) {
        // In the same words for an account that is there: it may be one that is not to be seen.
        return fail(ErrorKind::not_found, fmt::format("there is no hub {}", id.text()));
    }
    return account;
}

Result<dashboard::Hub> EmbeddedHubs::find(const AccountId& id) {
    const auto account = hub_account(id);
    if (!account) {
        return std::unexpected(account.error());
    }
    OwnerApi owner(parts_, **account);
    const auto interval = functions::read_refresh_interval(owner.api());
    if (!interval) {
        return std::unexpected(interval.error());
    }
    auto& table = (*account)->metric_table();
    return dashboard::Hub{summary_of(**account), table, table, (*account)->hub_state(), *interval};
}

Result<std::vector<functions::Registration>> EmbeddedHubs::registrations(const AccountId& id) {
    const auto account = hub_account(id);
    if (!account) {
        return std::unexpected(account.error());
    }
    OwnerApi owner(parts_, **account);
    aws::AwsParameterStore parameters(owner.api());
    auto configured = functions::read_registrations(parameters);
    if (!configured) {
        return std::unexpected(std::move(configured.error()));
    }
    return std::move(configured->valid);
}

Result<std::vector<DeadLetter>> EmbeddedHubs::dead_letters(const AccountId& id) {
    constexpr std::size_t kEachMax = 1'000;
    const auto account = hub_account(id);
    if (!account) {
        return std::unexpected(account.error());
    }
    const auto deliveries = (*account)->dead_letters().list(0, kEachMax);
    if (!deliveries) {
        return std::unexpected(deliveries.error());
    }
    const auto quarantined = (*account)->hub_state().quarantined(std::nullopt, kEachMax);
    if (!quarantined) {
        return std::unexpected(quarantined.error());
    }
    std::vector<DeadLetter> letters;
    for (const auto& letter : *deliveries) {
        letters.push_back(dead_letter_of(letter));
    }
    for (const auto& event : *quarantined) {
        letters.push_back(dead_letter_of(event));
    }
    return letters;
}

Result<doctor::Findings> EmbeddedHubs::examine(const AccountId& id) {
    const auto account = hub_account(id);
    if (!account) {
        return std::unexpected(account.error());
    }
    OwnerApi owner(parts_, **account);
    aws::AwsParameterStore parameters(owner.api());
    aws::AwsEventBus bus(owner.api());
    EmbeddedHubRecords records((*account)->metric_table(), (*account)->hub_state());
    ServedDeadLetters letters(owner.api());
    const doctor::Commands commands(doctor::Commands::Home::embedded,
                                    doctor::Commands::NamedBy::account, (*account)->identity().name,
                                    "");
    return doctor::examine(
        {owner.api(), parameters, bus, records, letters, parts_.clock, parts_.uuids}, commands,
        {.ping = false});
}

Result<Fetch> EmbeddedHubs::ask_for_new_data(const AccountId& id) {
    const auto account = hub_account(id);
    if (!account) {
        return std::unexpected(account.error());
    }
    OwnerApi owner(parts_, **account);
    return cli::ask_for_new_data(owner.api());
}

}  // namespace dsdash::cli
