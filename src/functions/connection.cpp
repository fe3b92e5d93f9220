#include "functions/connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "functions/bus_permission.hpp"
#include "functions/control_plane_api.hpp"
#include "functions/deadline_aws_api.hpp"
#include "functions/forwarding_rules.hpp"

namespace dsdash::functions {

namespace {

using Change = PeerOutcome::Change;
using Outcomes = std::vector<PeerOutcome>;

std::string_view change_name(Change change) {
    constexpr std::array<std::string_view, 5> kNames{"created", "unchanged", "removed", "failed",
                                                     "postponed"};
    return kNames.at(static_cast<std::size_t>(change));
}

json::object make_answer(std::string_view action, const Outcomes& outcomes, const Peers& peers) {
    json::array accounts;
    for (const auto& outcome : outcomes) {
        json::object account{{"AccountId", outcome.account.text()},
                             {"Role", role_name(outcome.role)},
                             {"Result", change_name(outcome.change)}};
        if (!outcome.message.empty()) account["Message"] = outcome.message;
        if (outcome.change == Change::postponed) {
            account["Message"] = "the function's time ran out; invoke it again to go on";
        }
        accounts.emplace_back(std::move(account));
    }
    json::array invalid;
    for (const auto& parameter : peers.invalid) {
        invalid.push_back({{"Name", parameter.name}, {"Message", parameter.message}});
    }
    return {{"Action", action},
            {"Accounts", std::move(accounts)},
            {"Postponed", std::ranges::count(outcomes, Change::postponed, &PeerOutcome::change)},
            {"InvalidParameters", std::move(invalid)}};
}

/// An account may be its own hub and spoke: its events are on its bus already.
void tell_own_account(const Peers& peers, const AccountId& own, Outcomes& outcomes) {
    for (const auto role : kRoles) {
        if (peers.of(role).contains(own)) {
            outcomes.push_back(
                {own, role, Change::unchanged, "this account itself needs no connection"});
        }
    }
}

Result<Outcomes> put_permissions(AwsApi& api, Services& services, const Peers& peers) {
    auto outcomes = BusPermission(api, services.parameters, services.clock).allow(peers);
    if (outcomes) tell_own_account(peers, services.aws.account(), *outcomes);
    return outcomes;
}

Result<Outcomes> put_rules(AwsApi& api, Services& services, const Peers& peers) {
    ForwardingRules rules(api);
    Outcomes outcomes;
    for (const auto role : kRoles) {
        auto wanted = peers.of(role);
        wanted.erase(services.aws.account());
        auto applied = rules.apply(role, wanted);
        if (!applied) return std::unexpected(std::move(applied.error()));
        std::ranges::move(*applied, std::back_inserter(outcomes));
    }
    tell_own_account(peers, services.aws.account(), outcomes);
    return outcomes;
}

/// One line an account and role, of what was done to its permission and to its rules. What is not
/// done in either counts.
Outcomes merge(const Outcomes& outcomes) {
    std::map<std::pair<AccountId, Role>, PeerOutcome> merged;
    for (const auto& outcome : outcomes) {
        const auto [it, is_new] = merged.try_emplace({outcome.account, outcome.role}, outcome);
        const bool is_done =
            outcome.change != Change::failed && outcome.change != Change::postponed;
        if (!is_new && !is_done) it->second = outcome;
    }
    Outcomes out;
    for (auto& [key, outcome] : merged) out.push_back(std::move(outcome));
    return out;
}

Result<Outcomes> disconnect(AwsApi& api, Services& services, const Peers& peers,
                            const std::optional<AccountId>& account) {
    ForwardingRules rules(api);
    Outcomes outcomes;
    for (const auto role : kRoles) {
        auto removed = rules.remove(role, account);
        if (!removed) return std::unexpected(std::move(removed.error()));
        std::ranges::move(*removed, std::back_inserter(outcomes));
    }
    auto withdrawn =
        BusPermission(api, services.parameters, services.clock).withdraw(account, peers);
    if (!withdrawn && (withdrawn.error().code != kOutOfTime || outcomes.empty())) {
        return std::unexpected(std::move(withdrawn.error()));
    }
    if (withdrawn) {
        std::ranges::move(*withdrawn, std::back_inserter(outcomes));
    } else {
        for (auto& outcome : outcomes) {  // their rules are gone, their permissions are not
            if (outcome.change == Change::removed) outcome.change = Change::postponed;
        }
    }

    auto merged = merge(outcomes);
    for (auto& outcome : merged) {
        if (outcome.change == Change::removed && peers.of(outcome.role).contains(outcome.account)) {
            outcome.message =
                "its parameter is still there: EBPut and EBRule would connect it again";
        }
    }
    return merged;
}

/// What is kept back of the function's time for the call that is under way when it ends.
std::chrono::microseconds time_for_answering(const Services& services) {
    constexpr std::chrono::seconds kEnough{5};
    const auto left = services.deadline - services.clock.now();
    return std::min<std::chrono::microseconds>(kEnough, left / 4);
}

struct Request {
    std::string action;
    std::optional<AccountId> account;
};

Result<Request> read_request(std::string_view payload) {
    const auto object = parse_json_object(payload);
    if (!object) return std::unexpected(object.error());
    auto action = optional_string(*object, "action");
    if (!action) return std::unexpected(std::move(action.error()));
    const auto account = optional_string(*object, "account");
    if (!account) return std::unexpected(account.error());
    Request request{action->value_or(""), std::nullopt};
    if (!*account) return request;
    if (request.action != "Disconnect") {
        return fail(ErrorKind::malformed_input, "account goes with the action Disconnect only");
    }
    auto id = AccountId::parse(**account);
    if (!id) {
        id.error().message = fmt::format("account: {}", id.error().message);
        return std::unexpected(std::move(id.error()));
    }
    request.account = std::move(*id);
    return request;
}

Result<Outcomes> run_action(const Request& request, Services& services, const Peers& peers) {
    DeadlineAwsApi in_time(services.aws, services.clock,
                           services.deadline - time_for_answering(services), services.deadline);
    ControlPlaneApi api(in_time, services.clock);
    if (request.action == "EBPut") return put_permissions(api, services, peers);
    if (request.action == "EBRule") return put_rules(api, services, peers);
    return disconnect(api, services, peers, request.account);
}

}  // namespace

Result<json::object> run_connection(std::string_view payload, Services& services) {
    const auto request = read_request(payload);
    if (!request) return std::unexpected(request.error());
    constexpr std::array<std::string_view, 3> kActions{"EBPut", "EBRule", "Disconnect"};
    if (std::ranges::find(kActions, request->action) == kActions.end()) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("action must be one of EBPut, EBRule and Disconnect, not \"{}\"",
                                request->action));
    }
    const auto peers = read_peers(services.parameters);
    if (!peers) return std::unexpected(peers.error());
    const auto outcomes = run_action(*request, services, *peers);
    if (!outcomes) return std::unexpected(outcomes.error());
    return make_answer(request->action, *outcomes, *peers);
}

}  // namespace dsdash::functions
