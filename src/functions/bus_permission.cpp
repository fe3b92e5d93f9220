#include "functions/bus_permission.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/arn.hpp"
#include "domain/contract.hpp"

namespace dsdash::functions {

namespace {

using Change = PeerOutcome::Change;
using Outcomes = std::vector<PeerOutcome>;

constexpr int kAttemptsMax = 4;
constexpr std::string_view kChangedMeanwhile = "ConcurrentModificationException";

/// AWS Organizations: ^o-[a-z0-9]{10,32}$
bool is_organization_id(std::string_view text) {
    constexpr std::size_t kShortest = 12;
    constexpr std::size_t kLongest = 34;
    const auto is_allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return text.starts_with("o-") && text.size() >= kShortest && text.size() <= kLongest &&
           std::ranges::all_of(text.substr(2), is_allowed);
}

std::set<AccountId> others(std::set<AccountId> accounts, const AccountId& own) {
    accounts.erase(own);
    return accounts;
}

/// What changes for each account of `role` between two policies that list accounts.
void compare(const BusPolicy& before, const BusPolicy& after, Role role, Outcomes& outcomes) {
    const auto old_accounts = before.accounts(role);
    const auto new_accounts = after.accounts(role);
    for (const auto& account : new_accounts) {
        const bool is_new = !old_accounts.contains(account);
        outcomes.push_back({account, role, is_new ? Change::created : Change::unchanged, {}});
    }
    for (const auto& account : old_accounts) {
        if (!new_accounts.contains(account)) {
            outcomes.push_back({account, role, Change::removed, {}});
        }
    }
}

/// The same when the new policy allows an organization.
void compare_with_organization(const BusPolicy& before, const std::set<AccountId>& wanted,
                               const std::string& organization, Role role, Outcomes& outcomes) {
    const auto change =
        before.organization(role) == organization ? Change::unchanged : Change::created;
    for (const auto& account : wanted) {
        outcomes.push_back(
            {account, role, change, fmt::format("allowed as part of {}", organization)});
    }
}

/// Everyone who is not in the policy yet has failed; nothing changes for the others.
Outcomes refuse(const BusPolicy& policy, const Peers& peers, const AccountId& own) {
    Outcomes outcomes;
    for (const auto role : kRoles) {
        const auto present = policy.accounts(role);
        const bool by_organization = policy.organization(role).has_value();
        for (const auto& account : others(peers.of(role), own)) {
            if (by_organization || present.contains(account)) {
                outcomes.push_back({account, role, Change::unchanged, {}});
                continue;
            }
            outcomes.push_back(
                {account, role, Change::failed,
                 fmt::format(
                     "the bus policy holds {} characters and the accounts do not fit; store "
                     "your organization's id in the parameter {} and try again",
                     kBusPolicyCharactersMax, kOrganizationParameter)});
        }
    }
    return outcomes;
}

}  // namespace

Result<BusPolicy> BusPermission::read_policy() {
    const auto bus = aws_.call("events", "DescribeEventBus", {{"Name", contract::kDefaultBus}});
    if (!bus) return std::unexpected(bus.error());
    const auto text = optional_string(*bus, "Policy");
    if (!text) return std::unexpected(text.error());
    auto bus_arn = event_bus_arn(aws_.region(), aws_.account(), contract::kDefaultBus);
    if (!*text || (*text)->empty()) return BusPolicy(std::move(bus_arn));
    return BusPolicy::parse(**text, std::move(bus_arn));
}

Result<void> BusPermission::write_policy(const BusPolicy& before, const BusPolicy& after) {
    if (after.has_statements()) {
        const auto put =
            aws_.call("events", "PutPermission",
                      {{"EventBusName", contract::kDefaultBus}, {"Policy", after.to_text()}});
        if (!put) return std::unexpected(put.error());
        return {};
    }
    // A policy cannot be empty, so the last statements go one by one. RemoveAllPermissions would
    // also take what somebody else has added since.
    for (const auto role : kRoles) {
        if (!before.has_statement(role)) continue;
        const auto removed = aws_.call("events", "RemovePermission",
                                       {{"EventBusName", contract::kDefaultBus},
                                        {"StatementId", BusPolicy::statement_id(role)}});
        if (!removed) return std::unexpected(removed.error());
    }
    return {};
}

Result<std::optional<std::string>> BusPermission::read_organization() {
    const auto parameter = parameters_.get(kOrganizationParameter);
    if (!parameter) {
        if (parameter.error().kind == ErrorKind::not_found) return std::nullopt;
        return std::unexpected(parameter.error());
    }
    if (!is_organization_id(parameter->value)) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("parameter {} must hold an organization's id such as o-a1b2c3d4e5",
                                kOrganizationParameter));
    }
    return parameter->value;
}

/// `change` edits a copy of the policy and says what that means; what differs is written.
template <class Change>
Result<Outcomes> BusPermission::change_policy(const Change& change) {
    for (int attempt = 1;; ++attempt) {
        auto before = read_policy();
        if (!before) return std::unexpected(std::move(before.error()));
        auto after = *before;
        auto outcomes = change(*before, after);
        if (!outcomes || before->to_text() == after.to_text()) return outcomes;
        const auto written = write_policy(*before, after);
        if (written) return outcomes;
        if (written.error().code != kChangedMeanwhile || attempt == kAttemptsMax) {
            return std::unexpected(written.error());
        }
    }
}

Result<Outcomes> BusPermission::allow(const Peers& peers) {
    const auto& own = aws_.account();
    return change_policy([&](const BusPolicy& before, BusPolicy& after) -> Result<Outcomes> {
        Outcomes outcomes;
        for (const auto role : kRoles) {
            after.allow_accounts(role, others(peers.of(role), own));
            compare(before, after, role, outcomes);
        }
        if (after.to_text().size() <= kBusPolicyCharactersMax) return outcomes;

        const auto organization = read_organization();
        if (!organization) return std::unexpected(organization.error());
        if (!*organization) {
            after = before;
            return refuse(before, peers, own);
        }
        outcomes.clear();
        for (const auto role : kRoles) {
            const auto wanted = others(peers.of(role), own);
            if (wanted.empty()) continue;
            after.allow_organization(role, **organization);
            compare_with_organization(before, wanted, **organization, role, outcomes);
        }
        return outcomes;
    });
}

Result<Outcomes> BusPermission::withdraw(const std::optional<AccountId>& account,
                                         const Peers& peers) {
    return change_policy([&](const BusPolicy& before, BusPolicy& after) -> Result<Outcomes> {
        Outcomes outcomes;
        for (const auto role : kRoles) {
            const auto organization = before.organization(role);
            if (account && organization) {
                outcomes.push_back({*account, role, Change::failed,
                                    fmt::format("the bus allows all of {}; a single account of it "
                                                "cannot be taken out",
                                                *organization)});
                continue;
            }
            if (organization) {
                for (const auto& peer : others(peers.of(role), aws_.account())) {
                    outcomes.push_back({peer, role, Change::removed, {}});
                }
            }
            auto left = account ? before.accounts(role) : std::set<AccountId>{};
            if (account) left.erase(*account);
            after.allow_accounts(role, left);
            compare(before, after, role, outcomes);
        }
        std::erase_if(outcomes, [](const PeerOutcome& outcome) {
            return outcome.change == Change::unchanged;
        });
        return outcomes;
    });
}

}  // namespace dsdash::functions
