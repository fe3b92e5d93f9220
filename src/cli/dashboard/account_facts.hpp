#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "doctor/doctor.hpp"
#include "functions/registrations.hpp"

namespace dsdash::cli {

/// What a dashboard shows of a hub's account beside its two tables.
struct AccountFacts {
    std::vector<functions::Registration> registrations = {};
    std::optional<std::chrono::seconds> refresh_interval = {};
    std::vector<DeadLetter> deliveries = {};  ///< events that could not be delivered
    doctor::Findings findings = {};
};

/// Reads the registrations, which it must be allowed to, and the schedule's interval, if it is.
Result<void> read_settings(AwsApi& api, AccountFacts& facts);

/// Looks at the dead letters and examines the account without asking its spokes; `records` are
/// what it has stored. What it may not look at is a finding that names the permission; any other
/// error leaves `facts` as they are.
Result<void> examine_account(AwsApi& api, doctor::HubRecords& records,
                             const doctor::Commands& commands, const Clock& clock,
                             UuidSource& uuids, AccountFacts& facts);

}  // namespace dsdash::cli
