#pragma once

#include "dashboard/hub_directory.hpp"
#include "embedded/accounts/home.hpp"

namespace dsdash::cli {

/// The hubs among the accounts of a data folder, for the dashboard.
class EmbeddedHubs final : public dashboard::HubDirectory {
  public:
    /// `home` must outlive it.
    explicit EmbeddedHubs(embedded::Home& home) : home_(home) {}

    Result<std::vector<dashboard::HubSummary>> hubs() override;
    Result<dashboard::Hub> find(const AccountId& id) override;

  private:
    embedded::Home& home_;
};

}  // namespace dsdash::cli
