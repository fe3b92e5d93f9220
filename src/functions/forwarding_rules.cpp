#include "functions/forwarding_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

#include "functions/deadline_aws_api.hpp"
#include "functions/forwarding_rule_set.hpp"

namespace dsdash::functions {

namespace {

using Change = PeerOutcome::Change;
using Outcomes = std::vector<PeerOutcome>;

/// EventBridge's code for one rule or target too many.
constexpr std::string_view kLimitExceeded = "LimitExceededException";

/// Whether each account by itself may fare better than all of them together.
bool may_concern_one_account(const Error& error) {
    return error.kind == ErrorKind::denied || error.kind == ErrorKind::conflict ||
           error.kind == ErrorKind::malformed_input || error.kind == ErrorKind::not_found;
}

std::vector<AccountId> keys(const std::map<AccountId, TargetFault>& targets) {
    std::vector<AccountId> accounts;
    for (const auto& [account, fault] : targets) accounts.push_back(account);
    return accounts;
}

/// Brings a set of rules from where it is to `wanted`, one step a function. Once the function's
/// time is over, or the bus full, what is left to do is told and not tried.
class Reconciliation {
  public:
    Reconciliation(ForwardingRuleSet& set, Role role, const std::set<AccountId>& wanted)
        : set_(set), role_(role), wanted_(wanted), missing_(wanted) {}

    /// The error is of an empty rule that an earlier run has left and that cannot be deleted.
    Result<Outcomes> run() {
        // What stays is taken off the list of those to place; targets that are right come first.
        for (auto& rule : set_.rules()) {
            std::erase_if(rule.accounts,
                          [&](const AccountId& account) { return leaves(rule, account); });
        }
        for (auto& rule : set_.rules()) {
            std::erase_if(rule.outdated,
                          [&](const auto& target) { return leaves(rule, target.first); });
        }
        for (auto& rule : set_.rules()) clear_out(rule);
        for (auto& rule : set_.rules()) repair(rule);
        place_missing();
        for (const auto& rule : set_.rules()) {
            if (auto deleted = delete_if_empty(rule); !deleted) {
                return std::unexpected(std::move(deleted.error()));
            }
        }
        return std::move(outcomes_);
    }

  private:
    void tell(const AccountId& account, Change change, std::string message = {}) {
        outcomes_.push_back({account, role_, change, std::move(message)});
    }

    void tell_failure(const AccountId& account, const Error& error) {
        if (error.code == kOutOfTime) {
            tell(account, Change::postponed);
        } else {
            tell(account, Change::failed, error.message);
        }
    }

    /// What `change` answers; without doing it once the time is over.
    Result<void> attempt(const std::function<Result<void>()>& change) {
        if (out_of_time_) return std::unexpected(*out_of_time_);
        auto changed = change();
        if (!changed && changed.error().code == kOutOfTime) out_of_time_ = changed.error();
        return changed;
    }

    /// Whether nobody wants the account any more, or it has a target already.
    bool leaves(const ForwardingRule& rule, const AccountId& account) {
        if (missing_.erase(account) == 1) return false;
        leaving_[rule.name].push_back(account);
        return true;
    }

    void clear_out(ForwardingRule& rule) {
        const auto& leaving = leaving_[rule.name];
        if (leaving.empty()) return;
        const auto removed = attempt([&] { return set_.remove_targets(rule.name, leaving); });
        if (!removed) rule.foreign_targets += leaving.size();  // they keep their places
        for (const auto& account : leaving) {
            if (!removed) {
                tell_failure(account, removed.error());
            } else if (!wanted_.contains(account)) {
                tell(account, Change::removed);
                removed_from_[rule.name].insert(account);
            }
        }
    }

    /// A rule that cannot be deleted is told of the accounts that were removed from it.
    Result<void> delete_if_empty(const ForwardingRule& rule) {
        if (rule.target_count() > 0) return {};
        auto deleted = attempt([&] { return set_.delete_rule(rule.name); });
        if (deleted || deleted.error().code == kOutOfTime) return {};
        deleted.error().message = fmt::format("rule {} is empty and cannot be deleted: {}",
                                              rule.name, deleted.error().message);
        const auto& removed = removed_from_[rule.name];
        if (removed.empty()) return deleted;
        for (auto& outcome : outcomes_) {
            if (!removed.contains(outcome.account)) continue;
            outcome.change = Change::failed;
            outcome.message = deleted.error().message;
        }
        return {};
    }

    /// In place: from removing a target to putting it again, events would be lost.
    void repair(ForwardingRule& rule) {
        if (rule.accounts.empty() && rule.outdated.empty()) return;
        const bool was_current = rule.is_current;
        if (!was_current) {
            const auto put = attempt([&] { return set_.put_rule(rule.name); });
            if (!put) {
                for (const auto& account : rule.accounts) tell_failure(account, put.error());
                for (const auto& account : keys(rule.outdated)) tell_failure(account, put.error());
                return;
            }
            rule.is_current = true;
        }
        for (const auto& account : rule.accounts) {
            if (was_current) {
                tell(account, Change::unchanged);
            } else {
                tell(account, Change::created, "its rule had been changed and is repaired");
            }
        }
        if (!rule.outdated.empty()) {
            place(rule, keys(rule.outdated), "its target had been changed and is repaired");
        }
    }

    Result<void> put_rule(const std::string& name) {
        if (full_) return std::unexpected(*full_);
        auto put = attempt([&] { return set_.put_rule(name); });
        if (!put && put.error().code == kLimitExceeded) {
            put.error().message = fmt::format(
                "the event bus takes no further rule, and a rule takes {} accounts; EventBridge "
                "allows {} rules a bus, fewer in some Regions, unless AWS raises the quota",
                kTargetsPerRuleMax, kRulesPerBusMax);
            full_ = put.error();
        }
        return put;
    }

    /// A rule with room; a new one when all are full.
    Result<ForwardingRule*> find_room() {
        auto& rules = set_.rules();
        const auto has_room = [](const ForwardingRule& rule) { return rule.room() > 0; };
        auto found = std::ranges::find_if(rules, has_room);
        if (found != rules.end() && found->is_current) return &*found;
        const bool is_new = found == rules.end();
        auto name = is_new ? set_.unused_name() : found->name;
        if (auto put = put_rule(name); !put) return std::unexpected(std::move(put.error()));
        if (is_new) found = rules.insert(rules.end(), {.name = std::move(name)});
        found->is_current = true;
        return &*found;
    }

    /// As many accounts at a time as a rule has room for.
    void place_missing() {
        const std::vector<AccountId> all(missing_.begin(), missing_.end());
        std::span<const AccountId> waiting(all);
        while (!waiting.empty()) {
            const auto rule = find_room();
            const auto room = rule ? (*rule)->room() : waiting.size();
            const auto batch = waiting.first(std::min(room, waiting.size()));
            waiting = waiting.subspan(batch.size());
            if (rule) {
                place(**rule, batch, {});
            } else {
                for (const auto& account : batch) tell_failure(account, rule.error());
            }
        }
    }

    void place(ForwardingRule& rule, std::span<const AccountId> batch, const std::string& message) {
        const auto put = attempt([&] { return set_.put_targets(rule.name, batch); });
        if (!put && batch.size() > 1 && may_concern_one_account(put.error())) {
            for (std::size_t i = 0; i < batch.size(); ++i) {
                place(rule, batch.subspan(i, 1), message);
            }
            return;
        }
        for (const auto& account : batch) {
            if (!put) {
                tell_failure(account, put.error());
                continue;
            }
            rule.outdated.erase(account);
            rule.accounts.insert(account);
            tell(account, Change::created, message);
        }
    }

    ForwardingRuleSet& set_;
    Role role_;
    const std::set<AccountId>& wanted_;
    std::set<AccountId> missing_;                            ///< of the wanted ones
    std::map<std::string, std::vector<AccountId>> leaving_;  ///< by rule, as the next
    std::map<std::string, std::set<AccountId>> removed_from_;
    std::optional<Error> out_of_time_;
    std::optional<Error> full_;  ///< the bus has no room for another rule
    Outcomes outcomes_;
};

}  // namespace

Result<Outcomes> ForwardingRules::apply(Role role, const std::set<AccountId>& wanted) {
    auto set = ForwardingRuleSet::read(aws_, role);
    if (!set && set.error().code == kOutOfTime) {
        Outcomes outcomes;
        for (const auto& account : wanted) {
            outcomes.push_back({account, role, Change::postponed, {}});
        }
        return outcomes;
    }
    if (!set) return std::unexpected(std::move(set.error()));
    return Reconciliation(*set, role, wanted).run();
}

Result<Outcomes> ForwardingRules::remove(Role role, const std::optional<AccountId>& account) {
    auto set = ForwardingRuleSet::read(aws_, role);
    if (!set) return std::unexpected(std::move(set.error()));
    std::set<AccountId> left;
    if (account) {
        for (const auto& rule : set->rules()) {
            left.insert(rule.accounts.begin(), rule.accounts.end());
            for (const auto& [outdated, fault] : rule.outdated) left.insert(outdated);
        }
        left.erase(*account);
    }
    auto outcomes = Reconciliation(*set, role, left).run();
    if (!outcomes) return outcomes;
    std::erase_if(*outcomes,
                  [](const PeerOutcome& outcome) { return outcome.change == Change::unchanged; });
    return outcomes;
}

}  // namespace dsdash::functions
