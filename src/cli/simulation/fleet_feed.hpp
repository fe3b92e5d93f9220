#pragma once

#include "cli/simulation/fleet_connections.hpp"

namespace dsdash::cli {

/// What the last reports of one feed say that they answer.
struct FetchIds {
    std::string last;       ///< of the fleet's last fetch
    std::string of_silent;  ///< of the last one that a spoke answered that has fallen silent

    [[nodiscard]] const std::string& of(const simulation::Spoke& spoke) const {
        return spoke.silent_since ? of_silent : last;
    }
};

/// Puts everything that the spokes of a fleet have to say, metric events and last reports, on each
/// spoke's own bus with its own keys; several spokes at once.
Result<void> feed_fleet(const simulation::Fleet& fleet, const FleetConnections& connections,
                        const FetchIds& fetch_ids, ProgressLine& progress);

}  // namespace dsdash::cli
