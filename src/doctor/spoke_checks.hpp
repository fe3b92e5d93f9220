#pragma once

#include "doctor/connection_checks.hpp"
#include "doctor/hub_records.hpp"
#include "doctor/ping_round.hpp"
#include "functions/registrations.hpp"

namespace dsdash::doctor {

/// All that a hub knows about its spokes.
struct HubView {
    AccountId own;
    std::vector<functions::Registration> registrations;
    Connections connections;  ///< with the spokes
    std::vector<LatestRecord> latest;
    std::vector<ExtractionReport> reports;
    std::vector<QuarantinedEvent> quarantined;  ///< those that are recent
    bool has_pinged = false;
    PingRound ping_round;
    TimePoint now;
    std::chrono::hours stale_after;  ///< how old a spoke's newest metric may be
};

/// The accounts that are registered, connected, or have been heard of.
[[nodiscard]] std::set<AccountId> spokes_of(const HubView& view);

/// Notes all there is to say about one of them.
void check_spoke(const HubView& view, const Commands& commands, Notes& notes);

}  // namespace dsdash::doctor
