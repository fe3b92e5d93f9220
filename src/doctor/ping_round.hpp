#pragma once

#include <chrono>
#include <map>
#include <set>

#include "doctor/hub_records.hpp"
#include "services/clock.hpp"
#include "services/event_bus.hpp"
#include "services/uuid.hpp"

namespace dsdash::doctor {

/// One ping to all spokes of a hub, and who answered.
struct PingRound {
    std::set<AccountId> asked;
    /// How long each took: there, back and into the hub's table, as far as looking there again and
    /// again can tell.
    std::map<AccountId, std::chrono::microseconds> answers;

    [[nodiscard]] bool is_answered_by(const AccountId& account) const {
        return answers.contains(account);
    }
};

/// Puts a ping on the hub's bus and looks for the answers of `asked` until all are there or
/// `timeout` is over. Nobody is asked when `asked` is empty.
Result<PingRound> ping(const std::set<AccountId>& asked, std::chrono::seconds timeout,
                       EventBus& bus, HubRecords& records, const Clock& clock, UuidSource& uuids);

}  // namespace dsdash::doctor
