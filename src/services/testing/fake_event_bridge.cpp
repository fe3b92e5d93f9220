#include "services/testing/fake_event_bridge.hpp"

#include "domain/arn.hpp"

namespace dsdash {

namespace {

constexpr std::size_t kTargetsMax = 5;
constexpr std::size_t kPolicyCharactersMax = 10'240;
constexpr std::size_t kRulesAPage = 2;  // so small that every test pages

std::string string_at(const json::object& input, std::string_view field) {
    return required_string(input, field).value();
}

std::unexpected<Error> no_such_rule() {
    return fail(ErrorKind::not_found, "the rule is not there", "ResourceNotFoundException");
}

}  // namespace

FakeEventBridge::FakeEventBridge(FakeAwsApi& api) {
    using Input = const json::object&;
    api.on("events:ListRules", [this](Input input) { return list_rules(input); });
    api.on("events:PutRule", [this](Input input) { return put_rule(input); });
    api.on("events:DeleteRule", [this](Input input) { return delete_rule(input); });
    api.on("events:ListTargetsByRule", [this](Input input) { return list_targets(input); });
    api.on("events:PutTargets", [this](Input input) { return put_targets(input); });
    api.on("events:RemoveTargets", [this](Input input) { return remove_targets(input); });
    api.on("events:DescribeEventBus", [this](Input) { return describe_event_bus(); });
    api.on("events:PutPermission", [this](Input input) { return put_permission(input); });
    api.on("events:RemovePermission", [this](Input input) { return remove_permission(input); });
}

Result<json::object> FakeEventBridge::list_rules(const json::object& input) const {
    const auto prefix = optional_string(input, "NamePrefix").value().value_or("");
    const auto after = optional_string(input, "NextToken").value().value_or("");
    json::array page;
    for (const auto& [name, rule] : rules) {
        if (!name.starts_with(prefix) || name <= after) continue;
        if (page.size() == kRulesAPage) {
            return json::object{{"Rules", page}, {"NextToken", page.back().at("Name")}};
        }
        page.push_back(
            {{"Name", name}, {"EventPattern", rule.event_pattern}, {"State", rule.state}});
    }
    return json::object{{"Rules", page}};
}

Result<json::object> FakeEventBridge::put_rule(const json::object& input) {
    const auto name = string_at(input, "Name");
    if (!rules.contains(name) && rules.size() == rules_max) {
        return fail(ErrorKind::conflict, "too many rules", "LimitExceededException");
    }
    rules[name].event_pattern = string_at(input, "EventPattern");
    rules[name].state = string_at(input, "State");
    return json::object{};
}

Result<json::object> FakeEventBridge::delete_rule(const json::object& input) {
    const auto rule = rules.find(string_at(input, "Name"));
    if (rule == rules.end()) return json::object{};
    if (!rule->second.targets.empty()) {
        return fail(ErrorKind::malformed_input, "Rule can't be deleted since it has targets.",
                    "ValidationException");
    }
    rules.erase(rule);
    return json::object{};
}

Result<json::object> FakeEventBridge::list_targets(const json::object& input) const {
    const auto rule = rules.find(string_at(input, "Rule"));
    if (rule == rules.end()) return no_such_rule();
    json::array targets;
    for (const auto& [id, target] : rule->second.targets) targets.emplace_back(target);
    return json::object{{"Targets", std::move(targets)}};
}

Result<json::object> FakeEventBridge::put_targets(const json::object& input) {
    const auto rule = rules.find(string_at(input, "Rule"));
    if (rule == rules.end()) return no_such_rule();
    for (const auto& value : input.at("Targets").as_array()) {
        const auto& target = value.as_object();
        const auto account = Arn::parse(string_at(target, "Arn")).value().account;
        if (closed_accounts.contains(account)) {
            return fail(ErrorKind::denied, "the bus of " + account + " does not allow it",
                        "AccessDeniedException");
        }
        rule->second.targets[string_at(target, "Id")] = target;
    }
    if (rule->second.targets.size() > kTargetsMax) {
        return fail(ErrorKind::conflict, "too many targets", "LimitExceededException");
    }
    return json::object{{"FailedEntryCount", 0}, {"FailedEntries", json::array()}};
}

Result<json::object> FakeEventBridge::remove_targets(const json::object& input) {
    const auto rule = rules.find(string_at(input, "Rule"));
    if (rule == rules.end()) return no_such_rule();
    for (const auto& id : input.at("Ids").as_array()) {
        rule->second.targets.erase(std::string(id.as_string()));
    }
    return json::object{{"FailedEntryCount", 0}, {"FailedEntries", json::array()}};
}

Result<json::object> FakeEventBridge::describe_event_bus() const {
    json::object bus{{"Name", "default"}};
    if (!policy.empty()) bus["Policy"] = policy;
    return bus;
}

Result<json::object> FakeEventBridge::put_permission(const json::object& input) {
    if (concurrent_changes > 0) {
        --concurrent_changes;
        return fail(ErrorKind::conflict, "somebody was faster", "ConcurrentModificationException");
    }
    auto text = string_at(input, "Policy");
    if (text.size() > kPolicyCharactersMax) {
        return fail(ErrorKind::malformed_input, "the policy is too long",
                    "PolicyLengthExceededException");
    }
    policy = std::move(text);
    return json::object{};
}

Result<json::object> FakeEventBridge::remove_permission(const json::object& input) {
    const auto sid = string_at(input, "StatementId");
    auto document = parse_json_object(policy).value();
    auto& statements = document["Statement"].as_array();
    const auto before = statements.size();
    for (auto it = statements.begin(); it != statements.end();) {
        it = it->at("Sid").as_string() == sid ? statements.erase(it) : it + 1;
    }
    if (statements.size() == before) {
        return fail(ErrorKind::not_found, "no such statement", "ResourceNotFoundException");
    }
    policy = statements.empty() ? "" : json::serialize(document);
    return json::object{};
}

}  // namespace dsdash
