#include "functions/bus_permission.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "domain/contract.hpp"
#include "functions/control_plane_api.hpp"

namespace dsdash::functions {

namespace {

using Change = PeerOutcome::Change;
using Outcomes = std::vector<PeerOutcome>;

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

/// What changes for each account of `role` from one policy to the next, which allows `wanted`: by
/// listing them, or as part of an organization.
void compare(const BusPolicy& before, const BusPolicy& after, Role role,
             const std::set<AccountId>& wanted, Outcomes& outcomes) {
    const auto organization = after.organization(role);
    const auto listed = before.accounts(role);
    for (const auto& account : wanted) {
        const bool was_allowed =
            organization ? before.organization(role) == organization : listed.contains(account);
        outcomes.push_back(
            {account, role, was_allowed ? Change::unchanged : Change::created,
             organization ? fmt::format("allowed as part of {}", *organization) : std::string()});
    }
    for (const auto& account : listed) {
        if (!wanted.contains(account)) outcomes.push_back({account, role, Change::removed, {}});
    }
}

BusPolicy allow_each(const BusPolicy& before, const Peers& peers, const AccountId& own) {
    auto after = before;
    for (const auto role : kRoles) after.allow_accounts(role, others(peers.of(role), own));
    return after;
}

/// Allows the organization in place of the longer list and, if that is not enough, of both. The
/// accounts of a list that stays need not belong to it.
BusPolicy allow_organization(const BusPolicy& before, const Peers& peers, const AccountId& own,
                             std::string_view organization) {
    auto roles = kRoles;
    std::ranges::sort(roles, std::greater(), [&](Role role) { return peers.of(role).size(); });
    auto after = before;
    const auto allow_from = [&](std::size_t first_listed) {
        for (std::size_t i = 0; i < roles.size(); ++i) {
            const auto wanted = others(peers.of(roles.at(i)), own);
            if (i < first_listed && !wanted.empty()) {
                after.allow_organization(roles.at(i), organization);
            } else {
                after.allow_accounts(roles.at(i), wanted);
            }
        }
    };
    allow_from(1);
    if (!after.fits()) allow_from(roles.size());
    return after;
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
                     "the bus policy holds {} characters and the accounts do not fit; if they "
                     "belong to one AWS organization, store its id in the parameter {} and run "
                     "EBPut again",
                     kBusPolicyCharactersMax, kOrganizationParameter)});
        }
    }
    return outcomes;
}

}  // namespace

Result<void> BusPermission::write_policy(const BusPolicy& before, const BusPolicy& after) {
    // A statement goes by its id: no policy can be empty, and AWS does not say that PutPermission
    // takes out what its Policy leaves out. RemoveAllPermissions would also take other people's.
    auto left = before;
    for (const auto role : kRoles) {
        if (!before.has_statement(role) || after.has_statement(role)) continue;
        const auto removed = aws_.call("events", "RemovePermission",
                                       {{"EventBusName", contract::kDefaultBus},
                                        {"StatementId", BusPolicy::statement_id(role)}});
        if (!removed) return std::unexpected(removed.error());
        left.allow_accounts(role, {});
    }
    if (left.to_text() == after.to_text()) return {};
    const auto put =
        aws_.call("events", "PutPermission",
                  {{"EventBusName", contract::kDefaultBus}, {"Policy", after.to_text()}});
    if (!put) return std::unexpected(put.error());
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
        auto before = read_bus_policy(aws_);
        if (!before) return std::unexpected(std::move(before.error()));
        auto after = *before;
        auto outcomes = change(*before, after);
        if (!outcomes || before->to_text() == after.to_text()) return outcomes;
        const auto written = write_policy(*before, after);
        if (written) return outcomes;
        if (written.error().code != kConcurrentModification || attempt == kControlAttemptsMax) {
            return std::unexpected(written.error());
        }
        clock_.sleep_until(clock_.now() + pause_after_collision(attempt));
    }
}

Result<Outcomes> BusPermission::allow(const Peers& peers) {
    const auto& own = aws_.account();
    return change_policy([&](const BusPolicy& before, BusPolicy& after) -> Result<Outcomes> {
        after = allow_each(before, peers, own);
        if (!after.fits()) {
            const auto organization = read_organization();
            if (!organization) return std::unexpected(organization.error());
            if (*organization) after = allow_organization(before, peers, own, **organization);
        }
        if (!after.fits()) {
            after = before;
            return refuse(before, peers, own);
        }
        Outcomes outcomes;
        for (const auto role : kRoles) {
            compare(before, after, role, others(peers.of(role), own), outcomes);
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
            compare(before, after, role, left, outcomes);
        }
        std::erase_if(outcomes, [](const PeerOutcome& outcome) {
            return outcome.change == Change::unchanged;
        });
        return outcomes;
    });
}

}  // namespace dsdash::functions
