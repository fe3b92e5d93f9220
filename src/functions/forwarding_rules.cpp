#include "functions/forwarding_rules.hpp"

#include <algorithm>
#include <tuple>

#include "functions/forwarding_rule_set.hpp"

namespace dsdash::functions {

namespace {

using Change = PeerOutcome::Change;
using Outcomes = std::vector<PeerOutcome>;

/// Brings a set of rules from where it is to `wanted`, one step a function.
class Reconciliation {
  public:
    Reconciliation(ForwardingRuleSet& set, Role role, const std::set<AccountId>& wanted)
        : set_(set), role_(role), wanted_(wanted), missing_(wanted) {}

    Outcomes run() {
        for (auto& rule : set_.rules()) clear_out(rule);
        for (auto& rule : set_.rules()) repair(rule);
        for (const auto& account : missing_) place(account);
        for (const auto& rule : set_.rules()) {
            // An empty rule does nothing; one that cannot be deleted is found by the next run.
            if (rule.target_count() == 0) std::ignore = set_.delete_rule(rule.name);
        }
        return std::move(outcomes_);
    }

  private:
    void tell(const AccountId& account, Change change, std::string message = {}) {
        outcomes_.push_back({account, role_, change, std::move(message)});
    }

    /// Removes the targets that nobody wants any more, that are not as they should be or that
    /// stand in an earlier rule too.
    void clear_out(ForwardingRule& rule) {
        std::vector<AccountId> leaving;
        for (const auto& account : rule.accounts) {
            // What stays is taken off the list of those to place.
            if (missing_.erase(account) == 0) leaving.push_back(account);
        }
        for (const auto& account : leaving) {
            rule.accounts.erase(account);
            rule.stray_ids.push_back(account.text());
        }
        if (rule.stray_ids.empty()) return;

        const auto removed = set_.remove_targets(rule.name, rule.stray_ids);
        if (removed) rule.stray_ids.clear();
        for (const auto& account : leaving) {
            if (!removed) {
                tell(account, Change::failed, removed.error().message);
            } else if (!wanted_.contains(account)) {
                tell(account, Change::removed);
            }
        }
    }

    void repair(ForwardingRule& rule) {
        if (rule.accounts.empty()) return;
        if (rule.is_current) {
            for (const auto& account : rule.accounts) tell(account, Change::unchanged);
            return;
        }
        const auto put = set_.put_rule(rule.name);
        rule.is_current = put.has_value();
        for (const auto& account : rule.accounts) {
            if (put) {
                tell(account, Change::created, "its rule had been changed and is repaired");
            } else {
                tell(account, Change::failed, put.error().message);
            }
        }
    }

    /// A rule with room; a new one when all are full.
    Result<ForwardingRule*> find_room() {
        auto& rules = set_.rules();
        const auto has_room = [](const ForwardingRule& rule) {
            return rule.target_count() < kTargetsPerRuleMax;
        };
        auto found = std::ranges::find_if(rules, has_room);
        if (found != rules.end() && found->is_current) return &*found;
        if (found == rules.end()) found = rules.insert(rules.end(), {.name = set_.unused_name()});
        if (auto put = set_.put_rule(found->name); !put) {
            return std::unexpected(std::move(put.error()));
        }
        found->is_current = true;
        return &*found;
    }

    void place(const AccountId& account) {
        const auto rule = find_room();
        if (!rule) {
            tell(account, Change::failed, rule.error().message);
            return;
        }
        if (const auto put = set_.put_target((*rule)->name, account); !put) {
            tell(account, Change::failed, put.error().message);
            return;
        }
        (*rule)->accounts.insert(account);
        tell(account, Change::created);
    }

    ForwardingRuleSet& set_;
    Role role_;
    const std::set<AccountId>& wanted_;
    std::set<AccountId> missing_;  ///< of the wanted ones
    Outcomes outcomes_;
};

}  // namespace

Result<Outcomes> ForwardingRules::apply(Role role, const std::set<AccountId>& wanted) {
    auto set = ForwardingRuleSet::read(aws_, role);
    if (!set) return std::unexpected(std::move(set.error()));
    return Reconciliation(*set, role, wanted).run();
}

Result<Outcomes> ForwardingRules::remove(Role role, const std::optional<AccountId>& account) {
    auto set = ForwardingRuleSet::read(aws_, role);
    if (!set) return std::unexpected(std::move(set.error()));
    std::set<AccountId> left;
    if (account) {
        for (const auto& rule : set->rules())
            left.insert(rule.accounts.begin(), rule.accounts.end());
        left.erase(*account);
    }
    auto outcomes = Reconciliation(*set, role, left).run();
    std::erase_if(outcomes,
                  [](const PeerOutcome& outcome) { return outcome.change == Change::unchanged; });
    return outcomes;
}

}  // namespace dsdash::functions
