#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>

#include "services/clock.hpp"
#include "services/testing/fake_aws_api.hpp"

namespace dsdash {

/// The default event bus of a FakeAwsApi's account: rules, targets and policy in memory, with
/// EventBridge's quotas, checks and ways of writing, and, on request, its refusals. Lifetime:
/// beyond that of the FakeAwsApi.
class FakeEventBridge {
  public:
    struct Rule {
        std::string event_pattern;
        std::string state = "ENABLED";
        std::map<std::string, json::object> targets;  ///< by Id
    };

    FakeEventBridge(FakeAwsApi& api, const Clock& clock);

    std::map<std::string, Rule> rules;
    std::string policy;  ///< empty: none
    /// Accounts whose bus does not allow this one yet: PutTargets is refused for them.
    std::set<std::string> closed_accounts;
    std::size_t rules_max = 300;
    /// How many of the next PutPermission calls find that somebody else was faster.
    int concurrent_changes = 0;
    /// The same of PutRule, PutTargets, RemoveTargets and DeleteRule.
    int concurrent_rule_changes = 0;

  private:
    using Input = const json::object&;
    using Operation = Result<json::object> (FakeEventBridge::*)(Input);

    void offer(const std::string& name, Operation operation);
    Result<void> count_call();
    Result<void> check_target(const json::object& target) const;

    Result<json::object> list_rules(Input input);
    Result<json::object> describe_rule(Input input);
    Result<json::object> put_rule(Input input);
    Result<json::object> delete_rule(Input input);
    Result<json::object> list_targets(Input input);
    Result<json::object> put_targets(Input input);
    Result<json::object> remove_targets(Input input);
    Result<json::object> describe_event_bus(Input input);
    Result<json::object> put_permission(Input input);
    Result<json::object> remove_permission(Input input);

    FakeAwsApi& api_;
    const Clock& clock_;
    std::deque<TimePoint> calls_;  ///< of the last second
};

}  // namespace dsdash
