#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "functions/peers.hpp"
#include "services/aws_api.hpp"

namespace dsdash::functions {

/// EventBridge's limits (docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html). That of
/// rules is a quota that AWS may have raised: EventBridge is asked, and not this constant.
inline constexpr std::size_t kTargetsPerRuleMax = 5;
inline constexpr std::size_t kRulesPerBusMax = 300;

/// What is wrong with a target that this program has made, or that somebody has changed since.
enum class TargetFault { changed, without_role, without_dead_letter_queue };

struct ForwardingRule {
    std::string name;
    bool is_current = false;            ///< enabled, with the pattern that it should have
    std::set<AccountId> accounts = {};  ///< forwarded to as they should be
    std::map<AccountId, TargetFault> outdated = {};  ///< with a target that is not as it should be
    std::size_t foreign_targets = 0;                 ///< that somebody else has added

    [[nodiscard]] std::size_t target_count() const {
        return accounts.size() + outdated.size() + foreign_targets;
    }
    /// How many targets more it takes.
    [[nodiscard]] std::size_t room() const {
        return kTargetsPerRuleMax - std::min(target_count(), kTargetsPerRuleMax);
    }
};

/// The forwarding rules towards one role, as they stand on the bus.
class ForwardingRuleSet {
  public:
    /// Reads the rules of ours that forward to `role`.
    static Result<ForwardingRuleSet> read(AwsApi& aws, Role role);

    [[nodiscard]] std::vector<ForwardingRule>& rules() { return rules_; }
    [[nodiscard]] const std::vector<ForwardingRule>& rules() const { return rules_; }

    /// Creates the rule, or gives it the state and pattern that it should have.
    Result<void> put_rule(const std::string& name);
    /// Takes the accounts' targets out of a rule.
    Result<void> remove_targets(const std::string& rule, std::span<const AccountId> accounts);
    /// Points a rule at the accounts' buses, in one call: most often all of them or, on an error,
    /// none; the same again does no harm. A target that is there keeps the retries and the queue
    /// that somebody else has set.
    Result<void> put_targets(const std::string& rule, std::span<const AccountId> accounts);
    Result<void> delete_rule(const std::string& name);

    /// The first name that no rule of this set has.
    [[nodiscard]] std::string unused_name() const;

  private:
    ForwardingRuleSet(AwsApi& aws, Role role) : aws_(&aws), role_(role) {}
    Result<void> read_targets(ForwardingRule& rule);
    void note_target(ForwardingRule& rule, const AccountId& account, const json::object& target);
    [[nodiscard]] json::object make_target(const AccountId& account) const;

    AwsApi* aws_;
    Role role_;
    /// What of an outdated target stays, by rule.
    std::map<std::string, std::map<AccountId, json::object>> kept_settings_;
    std::vector<ForwardingRule> rules_;  ///< by number
};

}  // namespace dsdash::functions
