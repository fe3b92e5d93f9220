#pragma once

#include <map>
#include <set>
#include <string>

#include "services/testing/fake_aws_api.hpp"

namespace dsdash {

/// The default event bus of a FakeAwsApi's account: rules, targets and policy in memory, with
/// EventBridge's limits and, on request, its refusals. Lifetime: beyond that of the FakeAwsApi.
class FakeEventBridge {
  public:
    struct Rule {
        std::string event_pattern;
        std::string state = "ENABLED";
        std::map<std::string, json::object> targets;  ///< by Id
    };

    explicit FakeEventBridge(FakeAwsApi& api);

    std::map<std::string, Rule> rules;
    std::string policy;  ///< empty: none
    /// Accounts whose bus does not allow this one yet: PutTargets is refused for them.
    std::set<std::string> closed_accounts;
    std::size_t rules_max = 300;
    /// How many of the next PutPermission calls find that somebody else was faster.
    int concurrent_changes = 0;

  private:
    Result<json::object> list_rules(const json::object& input) const;
    Result<json::object> put_rule(const json::object& input);
    Result<json::object> delete_rule(const json::object& input);
    Result<json::object> list_targets(const json::object& input) const;
    Result<json::object> put_targets(const json::object& input);
    Result<json::object> remove_targets(const json::object& input);
    Result<json::object> describe_event_bus() const;
    Result<json::object> put_permission(const json::object& input);
    Result<json::object> remove_permission(const json::object& input);
};

}  // namespace dsdash
