#pragma once

#include <map>
#include <optional>
#include <string>

#include "dashboard/api.hpp"

namespace dsdash::dashboard {

/// Sees whether what the page shows of a hub has changed, for ChangeFeed. For one thread.
class HubLook {
  public:
    /// How long what costs more than a look at the newest values (attention, spokes) may go
    /// without.
    static constexpr std::chrono::seconds kThoroughInterval{10};

    explicit HubLook(const ApiContext& context) : context_(context) {}

    /// For each resource a number that changes with its answer; an error is an answer, too.
    std::map<std::string, std::size_t> operator()(const AccountId& hub);

  private:
    struct Thorough {
        std::map<std::string, std::size_t> numbers;
        std::optional<TimePoint> time;  ///< when they were looked at
    };

    const ApiContext context_;
    std::map<AccountId, Thorough> thorough_;
};

}  // namespace dsdash::dashboard
