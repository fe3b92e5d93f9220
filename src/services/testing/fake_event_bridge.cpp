#include "services/testing/fake_event_bridge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/arn.hpp"
#include "domain/event_pattern.hpp"
#include "domain/iam_policy.hpp"

namespace dsdash {

namespace {

// Quotas: docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html; shapes: the API
// reference.
constexpr std::size_t kTargetsMax = 5;
constexpr std::size_t kPatternCharactersMax = 2'048;
constexpr std::size_t kPolicyCharactersMax = 10'240;
constexpr std::size_t kCallsPerSecondMax = 50;
constexpr std::size_t kNameCharactersMax = 64;
constexpr std::size_t kRulesAPage = 2;  // so small that every test pages

std::string string_at(const json::object& input, std::string_view field) {
    return required_string(input, field).value();
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= kNameCharactersMax &&
           text.find_first_not_of(
               ".-_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
               "0123456789") == std::string_view::npos;
}

std::unexpected<Error> no_such_rule() {
    return fail(ErrorKind::not_found, "the rule is not there", "ResourceNotFoundException");
}

std::unexpected<Error> invalid(std::string message) {
    return fail(ErrorKind::malformed_input, std::move(message), "ValidationException");
}

std::unexpected<Error> collision() {
    return fail(ErrorKind::conflict, "somebody was faster", "ConcurrentModificationException");
}

std::unexpected<Error> over_limit(std::string message) {
    return fail(ErrorKind::malformed_input, std::move(message), "LimitExceededException");
}

/// The policy as IAM gives it back: a list of one is no list, and lists have an order of their own.
std::string rewrite(json::object document) {
    for (auto& statement : document["Statement"].as_array()) {
        auto* principal = statement.as_object().if_contains("Principal");
        auto* accounts = principal != nullptr && principal->is_object()
                             ? principal->as_object().if_contains("AWS")
                             : nullptr;
        if (accounts == nullptr || !accounts->is_array()) continue;
        auto& list = accounts->as_array();
        std::reverse(list.begin(), list.end());
        if (list.size() == 1) *accounts = json::value(list.front());
    }
    return json::serialize(document);
}

}  // namespace

FakeEventBridge::FakeEventBridge(FakeAwsApi& api, const Clock& clock) : api_(api), clock_(clock) {
    offer("ListRules", &FakeEventBridge::list_rules);
    offer("DescribeRule", &FakeEventBridge::describe_rule);
    offer("PutRule", &FakeEventBridge::put_rule);
    offer("DeleteRule", &FakeEventBridge::delete_rule);
    offer("ListTargetsByRule", &FakeEventBridge::list_targets);
    offer("PutTargets", &FakeEventBridge::put_targets);
    offer("RemoveTargets", &FakeEventBridge::remove_targets);
    offer("DescribeEventBus", &FakeEventBridge::describe_event_bus);
    offer("PutPermission", &FakeEventBridge::put_permission);
    offer("RemovePermission", &FakeEventBridge::remove_permission);
}

void FakeEventBridge::offer(const std::string& name, Operation operation) {
    api_.on("events:" + name, [this, name, operation](Input input) -> Result<json::object> {
        if (auto counted = count_call(); !counted) return std::unexpected(counted.error());
        const bool reads = name.starts_with("List") || name.starts_with("Describe");
        const bool is_about_rules = name.ends_with("Rule") || name.ends_with("Targets");
        if (!reads && is_about_rules && concurrent_rule_changes > 0) {
            --concurrent_rule_changes;
            return collision();
        }
        return (this->*operation)(input);
    });
}

Result<void> FakeEventBridge::count_call() {
    const auto now = clock_.now();
    while (!calls_.empty() && calls_.front() <= now - std::chrono::seconds(1)) calls_.pop_front();
    if (calls_.size() == kCallsPerSecondMax) {
        return fail(ErrorKind::throttled, "Rate exceeded", "ThrottlingException");
    }
    calls_.push_back(now);
    return {};
}

Result<json::object> FakeEventBridge::list_rules(Input input) {
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

Result<json::object> FakeEventBridge::describe_rule(Input input) {
    const auto rule = rules.find(string_at(input, "Name"));
    if (rule == rules.end()) return no_such_rule();
    return json::object{{"Name", rule->first},
                        {"EventPattern", rule->second.event_pattern},
                        {"State", rule->second.state}};
}

Result<json::object> FakeEventBridge::put_rule(Input input) {
    const auto name = string_at(input, "Name");
    if (!is_name(name)) return invalid("Name must be 1-64 characters of [.-_A-Za-z0-9]");
    const auto pattern = string_at(input, "EventPattern");
    if (pattern.size() > kPatternCharactersMax || !EventPattern::parse(pattern)) {
        return fail(ErrorKind::malformed_input, "Event pattern is not valid",
                    "InvalidEventPatternException");
    }
    if (!rules.contains(name) && rules.size() == rules_max) {
        return over_limit("The requested resource exceeds the maximum number allowed.");
    }
    rules[name].event_pattern = pattern;
    rules[name].state = string_at(input, "State");
    return json::object{};
}

Result<json::object> FakeEventBridge::delete_rule(Input input) {
    const auto rule = rules.find(string_at(input, "Name"));
    if (rule == rules.end()) return json::object{};
    if (!rule->second.targets.empty())
        return invalid("Rule can't be deleted since it has targets.");
    rules.erase(rule);
    return json::object{};
}

Result<json::object> FakeEventBridge::list_targets(Input input) {
    const auto rule = rules.find(string_at(input, "Rule"));
    if (rule == rules.end()) return no_such_rule();
    json::array targets;
    for (const auto& [id, target] : rule->second.targets) targets.emplace_back(target);
    return json::object{{"Targets", std::move(targets)}};
}

/// Buses of other accounts need a role of this one (new targets since March 2023), and its leave.
Result<void> FakeEventBridge::check_target(const json::object& target) const {
    if (!is_name(string_at(target, "Id"))) return invalid("Id must be a name");
    const auto arn = Arn::parse(string_at(target, "Arn"));
    if (!arn || arn->service != "events" || !arn->resource.starts_with("event-bus/")) return {};
    const auto role = Arn::parse(optional_string(target, "RoleArn").value().value_or(""));
    if (!role || role->service != "iam" || role->account != api_.account().text()) {
        return invalid("RoleArn is required for target " + arn->to_string());
    }
    if (closed_accounts.contains(arn->account)) {
        return fail(ErrorKind::denied, "the bus of " + arn->account + " does not allow it",
                    "AccessDeniedException");
    }
    return {};
}

/// All of them or, on an error, none.
Result<json::object> FakeEventBridge::put_targets(Input input) {
    const auto rule = rules.find(string_at(input, "Rule"));
    if (rule == rules.end()) return no_such_rule();
    auto targets = rule->second.targets;
    for (const auto& value : input.at("Targets").as_array()) {
        const auto& target = value.as_object();
        if (auto checked = check_target(target); !checked) return std::unexpected(checked.error());
        targets[string_at(target, "Id")] = target;
    }
    if (targets.size() > kTargetsMax) return over_limit("too many targets");
    rule->second.targets = std::move(targets);
    return json::object{{"FailedEntryCount", 0}, {"FailedEntries", json::array()}};
}

Result<json::object> FakeEventBridge::remove_targets(Input input) {
    const auto rule = rules.find(string_at(input, "Rule"));
    if (rule == rules.end()) return no_such_rule();
    json::array failed;
    for (const auto& value : input.at("Ids").as_array()) {
        const std::string id(value.as_string());
        if (rule->second.targets.erase(id) > 0) continue;
        failed.push_back({{"TargetId", id}, {"ErrorCode", "ResourceNotFoundException"}});
    }
    const auto count = failed.size();
    return json::object{{"FailedEntryCount", count}, {"FailedEntries", std::move(failed)}};
}

Result<json::object> FakeEventBridge::describe_event_bus(Input input) {
    if (string_at(input, "Name") != "default") {
        return fail(ErrorKind::not_found, "there is no such bus", "ResourceNotFoundException");
    }
    json::object bus{{"Name", "default"}};
    if (!policy.empty()) bus["Policy"] = policy;
    return bus;
}

Result<json::object> FakeEventBridge::put_permission(Input input) {
    if (concurrent_changes > 0) {
        --concurrent_changes;
        return collision();
    }
    const auto text = string_at(input, "Policy");
    if (text.size() > kPolicyCharactersMax) {
        return fail(ErrorKind::malformed_input, "the policy is too long",
                    "PolicyLengthExceededException");
    }
    const auto parsed = IamPolicy::parse_resource_policy(text);
    if (!parsed) return invalid(parsed.error().message);
    policy = rewrite(object_of(text));
    return json::object{};
}

Result<json::object> FakeEventBridge::remove_permission(Input input) {
    const auto sid = string_at(input, "StatementId");
    auto document = policy.empty() ? object_of(R"({"Statement":[]})") : object_of(policy);
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
