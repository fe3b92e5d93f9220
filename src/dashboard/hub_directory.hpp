#pragma once

#include <string>
#include <vector>

#include "domain/account_id.hpp"
#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

namespace dsdash::dashboard {

/// An account with a deployed hub stack.
struct HubSummary {
    AccountId id;
    std::string name;
    Region region;
};

/// What the dashboard reads of one hub. Lifetime: the HubDirectory's.
struct Hub {
    HubSummary summary;
    MetricTable& metric_table;
    HubState& state;
};

/// The hubs that a home has. Any thread may call it, and the tables that it hands out.
class HubDirectory {
  public:
    virtual ~HubDirectory() = default;
    /// Every hub, by account id; a hub deployed meanwhile appears in the next answer.
    virtual Result<std::vector<HubSummary>> hubs() = 0;
    /// not_found when there is no such account, or no hub stack in it.
    virtual Result<Hub> find(const AccountId& id) = 0;
};

}  // namespace dsdash::dashboard
