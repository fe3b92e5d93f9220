#pragma once

#include <map>
#include <string>
#include <utility>

#include "dashboard/api/api.hpp"

namespace dsdash::dashboard {

/// Sees whether what the page shows of a hub has changed, for ChangeFeed. For one thread.
class HubLook {
  public:
    /// How long what costs more than a look at the newest values (attention, spokes) may go
    /// without.
    static constexpr std::chrono::seconds kThoroughInterval{10};

    /// All must outlive it.
    HubLook(HubDirectory& hubs, FetchLog& fetches, const Clock& clock)
        : hubs_(hubs), fetches_(fetches), clock_(clock) {}

    /// For each resource a number that changes with its answer to who may see these projects; an
    /// error is an answer, too.
    std::map<std::string, std::size_t> operator()(const AccountId& hub, const Projects& projects);

  private:
    struct Thorough {
        std::map<std::string, std::size_t> numbers;
        TimePoint time;  ///< when they were looked at
    };

    HubDirectory& hubs_;
    FetchLog& fetches_;
    const Clock& clock_;
    std::map<std::pair<AccountId, Projects>, Thorough> thorough_;  ///< looks that are recent
};

}  // namespace dsdash::dashboard
