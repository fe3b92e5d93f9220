#include "doctor/connection_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/arn.hpp"
#include "domain/contract.hpp"
#include "functions/forwarding_rules.hpp"

namespace dsdash::doctor {

namespace {

using functions::ForwardingRule;
using functions::TargetFault;

constexpr std::string_view kPut = "EBPut";
constexpr std::string_view kRule = "EBRule";

/// The rule that has a target for `account`, as it should be or not.
const ForwardingRule* find_rule(const Connections& connections, const AccountId& account) {
    const auto found = std::ranges::find_if(connections.rules, [&](const ForwardingRule& rule) {
        return rule.accounts.contains(account) || rule.outdated.contains(account);
    });
    return found == connections.rules.end() ? nullptr : &*found;
}

void check_permission(const Connections& connections, const Commands& commands, Notes& notes) {
    const auto organization = connections.policy.organization(connections.role);
    if (connections.policy.lets_in(notes.account(), organization.value_or(""))) {
        notes.well("permission",
                   organization ? fmt::format("may put events here, as part of {}", *organization)
                                : "may put events here");
    } else {
        notes.wrong("permission", "may not put events on this account's bus",
                    commands.connect(kPut));
    }
}

void check_target(const ForwardingRule& rule, const Commands& commands, Notes& notes) {
    const auto outdated = rule.outdated.find(notes.account());
    const auto fault = outdated == rule.outdated.end() ? std::optional<TargetFault>{}
                                                       : std::optional(outdated->second);
    if (fault == TargetFault::changed) {
        notes.wrong("target", fmt::format("the target in {} is not as EBRule makes it", rule.name),
                    commands.connect(kRule));
        return;
    }
    if (fault == TargetFault::without_dead_letter_queue) {
        notes.wrong("target",
                    fmt::format("what the target in {} cannot be given is lost: it has no "
                                "dead-letter queue",
                                rule.name),
                    commands.connect(kRule));
    } else {
        notes.well("target", "its default bus");
    }
    if (fault == TargetFault::without_role) {
        notes.wrong("role",
                    fmt::format("the target in {} does not have the role {}", rule.name,
                                functions::kForwardingRole),
                    commands.connect(kRule));
    } else {
        notes.well("role", std::string(functions::kForwardingRole));
    }
}

}  // namespace

Result<Connections> read_connections(AwsApi& aws, functions::Role role) {
    auto policy = functions::read_bus_policy(aws);
    if (!policy) return std::unexpected(std::move(policy.error()));
    const auto set = functions::ForwardingRuleSet::read(aws, role);
    if (!set) return std::unexpected(set.error());
    return Connections{role, std::move(*policy), set->rules(), {}};
}

std::set<AccountId> connected_accounts(const Connections& connections) {
    auto accounts = connections.policy.accounts(connections.role);
    for (const auto& rule : connections.rules) {
        accounts.insert(rule.accounts.begin(), rule.accounts.end());
        for (const auto& [account, fault] : rule.outdated) {
            if (fault != TargetFault::changed) accounts.insert(account);
        }
    }
    return accounts;
}

bool is_forwarded_to(const Connections& connections, const AccountId& account) {
    return std::ranges::any_of(connections.rules, [&](const ForwardingRule& rule) {
        const auto outdated = rule.outdated.find(account);
        return rule.is_current && (rule.accounts.contains(account) ||
                                   (outdated != rule.outdated.end() &&
                                    outdated->second == TargetFault::without_dead_letter_queue));
    });
}

void check_own_side(const Connections& connections, const Commands& commands, Notes& notes) {
    check_permission(connections, commands, notes);
    const auto* rule = find_rule(connections, notes.account());
    if (rule == nullptr) {
        notes.wrong("rule", "no rule forwards to it", commands.connect(kRule));
        return;
    }
    if (rule->is_current) {
        notes.well("rule", rule->name);
    } else {
        notes.wrong("rule", fmt::format("{} is disabled or has another pattern", rule->name),
                    commands.connect(kRule));
    }
    check_target(*rule, commands, notes);
}

void check_far_side(const Connections& connections, bool answered, const Commands& commands,
                    Notes& notes) {
    const auto letters = connections.dead_letters
                             ? dead_letters_to(*connections.dead_letters, notes.account())
                             : std::vector<DeadLetter>{};
    if (answered) {
        notes.well("permission there", "its bus takes what this account sends");
    } else if (is_refused(letters)) {
        notes.wrong("permission there",
                    fmt::format("its bus refused an event: {}", letters.back().error_message),
                    commands.connect_at(notes.account(), kPut));
    } else {
        notes.unknown("permission there", "cannot be seen from this account");
    }
    if (connections.dead_letters) {
        note_dead_letters(letters, commands, notes);
    } else {
        notes.unknown("dead letters", fmt::format("they may not be looked at: {}",
                                                  connections.dead_letters.error().message));
    }
}

}  // namespace dsdash::doctor
