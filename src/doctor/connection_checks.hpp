#pragma once

#include <set>
#include <span>
#include <vector>

#include "doctor/commands.hpp"
#include "doctor/dead_letters.hpp"
#include "doctor/finding.hpp"
#include "functions/bus_policy.hpp"
#include "functions/forwarding_rule_set.hpp"

namespace dsdash::doctor {

/// How the examined account is connected with those of one role, as far as it can see.
struct Connections {
    functions::Role role;
    functions::BusPolicy policy;
    std::vector<functions::ForwardingRule> rules;
    /// The deliveries that have failed for good. Denied: they may not be looked at.
    Result<std::vector<DeadLetter>> dead_letters;
};

/// Reads all but the dead letters.
Result<Connections> read_connections(AwsApi& aws, functions::Role role);

/// Everyone whom the policy lists or a rule forwards to.
[[nodiscard]] std::set<AccountId> connected_accounts(const Connections& connections);

/// Whether events go to `account`: it is the target of a rule that is as it should be.
[[nodiscard]] bool is_forwarded_to(const Connections& connections, const AccountId& account);

/// Notes the permission of the peer on this bus, and the rule, the target and the role that forward
/// to its bus.
void check_own_side(const Connections& connections, const Commands& commands, Notes& notes);

/// Notes the permission of this account on the peer's bus, as far as this account can tell: the
/// peer has just `answered`, or its bus has refused an event.
void check_far_side(const Connections& connections, bool answered, const Commands& commands,
                    Notes& notes);

}  // namespace dsdash::doctor
