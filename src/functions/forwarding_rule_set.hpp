#pragma once

#include <algorithm>
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

struct ForwardingRule {
    std::string name;
    bool is_current = false;                  ///< enabled, with the pattern that it should have
    std::set<AccountId> accounts = {};        ///< forwarded to as they should be
    std::vector<std::string> stray_ids = {};  ///< targets of ours that are not as they should be
    std::set<AccountId> without_role = {};    ///< of these, the ones that only lack the right role
    std::size_t foreign_targets = 0;          ///< that somebody else has added

    [[nodiscard]] std::size_t target_count() const {
        return accounts.size() + stray_ids.size() + foreign_targets;
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
    /// Removes targets, named by their ids, from a rule.
    Result<void> remove_targets(const std::string& rule, const std::vector<std::string>& ids);
    /// Points a rule at the accounts' buses, in one call: most often all of them or, on an error,
    /// none; the same again does no harm.
    Result<void> put_targets(const std::string& rule, std::span<const AccountId> accounts);
    Result<void> delete_rule(const std::string& name);

    /// The first name that no rule of this set has.
    [[nodiscard]] std::string unused_name() const;

  private:
    ForwardingRuleSet(AwsApi& aws, Role role) : aws_(&aws), role_(role) {}
    Result<void> read_targets(ForwardingRule& rule);
    [[nodiscard]] json::object make_target(const AccountId& account) const;

    AwsApi* aws_;
    Role role_;
    std::vector<ForwardingRule> rules_;  ///< by number
};

}  // namespace dsdash::functions
