#pragma once

#include "cli/simulation/fleet_connections.hpp"

namespace dsdash::cli {

/// Puts everything that the spokes of a fleet have to say, metric events and last reports, on each
/// spoke's own bus with its own keys; several spokes at once. `run` is the fetch id of the reports.
Result<void> feed_fleet(const simulation::Fleet& fleet, const FleetConnections& connections,
                        const std::string& run, ProgressLine& progress);

}  // namespace dsdash::cli
