#pragma once

#include "dashboard/hub_directory.hpp"
#include "endpoint/operation.hpp"
#include "services/uuid.hpp"

namespace dsdash::cli {

/// The hubs among the accounts of a data folder, for the dashboard, which acts as their owner.
class EmbeddedHubs final : public dashboard::HubDirectory {
  public:
    struct Parts {
        embedded::Home& home;
        embedded::FunctionRuntime& functions;
        embedded::DeliveryEngine& deliveries;
        const Clock& clock;
        UuidSource& uuids;
    };

    explicit EmbeddedHubs(const Parts& parts) : parts_(parts) {}

    Result<std::vector<dashboard::HubSummary>> hubs() override;
    Result<dashboard::Hub> find(const AccountId& id) override;
    Result<std::vector<functions::Registration>> registrations(const AccountId& id) override;
    Result<std::vector<DeadLetter>> dead_letters(const AccountId& id) override;
    Result<doctor::Findings> examine(const AccountId& id) override;
    Result<Fetch> ask_for_new_data(const AccountId& id) override;

  private:
    class OwnerApi;
    /// not_found unless it is a hub.
    Result<embedded::Account*> hub_account(const AccountId& id);

    Parts parts_;
};

}  // namespace dsdash::cli
