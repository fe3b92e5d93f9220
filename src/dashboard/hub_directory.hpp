#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "doctor/finding.hpp"
#include "domain/account_id.hpp"
#include "functions/registrations.hpp"
#include "services/dead_letters.hpp"
#include "services/fetch_progress.hpp"
#include "services/hub_state.hpp"
#include "services/metric_browser.hpp"
#include "services/metric_table.hpp"

namespace dsdash::dashboard {

/// The check of examine() that says that what is shown is not up to date, and why.
inline constexpr std::string_view kUpToDateCheck = "cache";

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
    MetricBrowser& browser;
    HubState& state;
    /// Of its scheduled refresh; nothing when it has none.
    std::optional<std::chrono::seconds> refresh_interval;
};

/// The hubs that a home has. Any thread may call it, and the tables that it hands out.
class HubDirectory {
  public:
    virtual ~HubDirectory() = default;
    /// Every hub, by account id; a hub deployed meanwhile appears in the next answer.
    virtual Result<std::vector<HubSummary>> hubs() = 0;
    /// not_found when there is no such account, or no hub stack in it; so do the others.
    virtual Result<Hub> find(const AccountId& id) = 0;
    /// The spokes that the hub collects from.
    virtual Result<std::vector<functions::Registration>> registrations(const AccountId& id) = 0;
    /// Its dead letters, those in quarantine included; a thousand of each kind at most.
    virtual Result<std::vector<DeadLetter>> dead_letters(const AccountId& id) = 0;
    /// What is right and wrong with it and its spokes, without asking them (doctor/doctor.hpp).
    virtual Result<doctor::Findings> examine(const AccountId& id) = 0;
    /// Puts the hub's fetch event on its bus: nothing else asks a spoke for values.
    virtual Result<Fetch> ask_for_new_data(const AccountId& id) = 0;
};

}  // namespace dsdash::dashboard
