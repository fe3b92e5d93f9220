#include "functions/forwarding_rule_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "domain/arn.hpp"
#include "domain/contract.hpp"
#include "functions/event_patterns.hpp"
#include "functions/forwarding_rules.hpp"

namespace dsdash::functions {

namespace {

struct Direction {
    std::string_view rule_suffix;
    std::string_view pattern;
    std::string_view description;
};

Direction direction_to(Role role) {
    if (role == Role::hub) {
        return {"metrics-", kResultsPattern, "Forwards metrics to the hubs in /monitors/"};
    }
    return {"fetch-", kExtractionPattern,
            "Forwards requests to the spokes in /monitored_projects/"};
}

std::string name_prefix(Role role) {
    return fmt::format("{}{}", kForwardingRulePrefix, direction_to(role).rule_suffix);
}

/// The number in a rule's name; nothing for a name that this program would not give.
std::optional<int> number_of(std::string_view name, std::string_view prefix) {
    if (!name.starts_with(prefix)) return std::nullopt;
    const auto digits = name.substr(prefix.size());
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool is_canonical =
        error == std::errc{} && number > 0 && std::to_string(number) == digits;
    return is_canonical ? std::optional(number) : std::nullopt;
}

bool has_pattern(const json::object& rule, std::string_view wanted) {
    const auto text = optional_string(rule, "EventPattern");
    if (!text || !*text) return false;
    const auto pattern = parse_json(**text);
    return pattern && *pattern == json::parse(wanted);
}

/// How failed deliveries are retried, and in which queue they end: somebody else may have set that
/// otherwise. Anything beside would change what is forwarded.
json::object settings_of_others(const json::object& target) {
    json::object settings;
    for (const auto* field : {"RetryPolicy", "DeadLetterConfig"}) {
        if (const auto* value = target.if_contains(field)) settings[field] = *value;
    }
    return settings;
}

json::object with_settings(json::object target, const json::object& settings) {
    for (const auto& [field, value] : settings) target[field] = value;
    return target;
}

TargetFault fault_of(json::object target, const json::object& wanted) {
    if (target["Arn"] != wanted.at("Arn")) return TargetFault::changed;
    if (target["RoleArn"] != wanted.at("RoleArn")) return TargetFault::without_role;
    return target.contains("DeadLetterConfig") ? TargetFault::changed
                                               : TargetFault::without_dead_letter_queue;
}

/// The first refusal in the answer of PutTargets or RemoveTargets, which come with HTTP 200.
Result<void> check_entries(const Result<json::object>& answer) {
    if (!answer) return std::unexpected(answer.error());
    const auto entries = optional_array(*answer, "FailedEntries");
    if (!entries) return std::unexpected(entries.error());
    if (*entries == nullptr || (*entries)->empty()) return {};
    const auto* entry = (*entries)->front().if_object();
    const auto text_of = [&](std::string_view field) {
        const auto text = entry == nullptr ? std::nullopt : optional_string(*entry, field);
        return text && *text ? **text : std::string();
    };
    auto message = text_of("ErrorMessage");
    auto code = text_of("ErrorCode");
    return fail(ErrorKind::conflict, message.empty() ? code : std::move(message), code);
}

}  // namespace

Result<ForwardingRuleSet> ForwardingRuleSet::read(AwsApi& aws, Role role) {
    ForwardingRuleSet set(aws, role);
    const auto prefix = name_prefix(role);
    const auto listed = for_each_item(
        aws, "events", "ListRules", {{"NamePrefix", prefix}}, {.items = "Rules"},
        [&](const json::object& rule) -> Result<void> {
            auto name = required_string(rule, "Name");
            if (!name) return std::unexpected(std::move(name.error()));
            if (!number_of(*name, prefix)) return {};
            const auto state = optional_string(rule, "State");
            const bool is_enabled = state && *state == "ENABLED";
            const bool is_current = is_enabled && has_pattern(rule, direction_to(role).pattern);
            set.rules_.push_back({.name = std::move(*name), .is_current = is_current});
            return {};
        });
    if (!listed) return std::unexpected(listed.error());
    std::ranges::sort(set.rules_, {},
                      [&](const ForwardingRule& rule) { return number_of(rule.name, prefix); });
    for (auto& rule : set.rules_) {
        if (const auto read = set.read_targets(rule); !read) return std::unexpected(read.error());
    }
    return set;
}

Result<void> ForwardingRuleSet::read_targets(ForwardingRule& rule) {
    return for_each_item(*aws_, "events", "ListTargetsByRule", {{"Rule", rule.name}},
                         {.items = "Targets"}, [&](const json::object& target) -> Result<void> {
                             const auto id = required_string(target, "Id");
                             if (!id) return std::unexpected(id.error());
                             if (const auto account = AccountId::parse(*id)) {
                                 note_target(rule, *account, target);
                             } else {
                                 ++rule.foreign_targets;
                             }
                             return {};
                         });
}

void ForwardingRuleSet::note_target(ForwardingRule& rule, const AccountId& account,
                                    const json::object& target) {
    const auto wanted = make_target(account);
    const auto settings = settings_of_others(target);
    if (target == with_settings(wanted, settings)) {
        rule.accounts.insert(account);
    } else {
        rule.outdated.emplace(account, fault_of(target, wanted));
        kept_settings_[rule.name][account] = settings;
    }
}

json::object ForwardingRuleSet::make_target(const AccountId& account) const {
    return {{"Id", account.text()},
            {"Arn", event_bus_arn(aws_->region(), account, contract::kDefaultBus)},
            {"RoleArn", role_arn(aws_->region(), aws_->account(), kForwardingRole)},
            {"DeadLetterConfig",
             {{"Arn", queue_arn(aws_->region(), aws_->account(), kForwardingDeadLetters)}}}};
}

Result<void> ForwardingRuleSet::put_rule(const std::string& name) {
    const auto direction = direction_to(role_);
    const auto put = aws_->call("events", "PutRule",
                                {{"Name", name},
                                 {"EventPattern", direction.pattern},
                                 {"State", "ENABLED"},
                                 {"Description", direction.description}});
    if (!put) return std::unexpected(put.error());
    return {};
}

Result<void> ForwardingRuleSet::put_targets(const std::string& rule,
                                            std::span<const AccountId> accounts) {
    json::array targets;
    for (const auto& account : accounts) {
        targets.emplace_back(with_settings(make_target(account), kept_settings_[rule][account]));
    }
    return check_entries(
        aws_->call("events", "PutTargets", {{"Rule", rule}, {"Targets", std::move(targets)}}));
}

Result<void> ForwardingRuleSet::remove_targets(const std::string& rule,
                                               std::span<const AccountId> accounts) {
    json::array ids;
    for (const auto& account : accounts) ids.emplace_back(account.text());
    return check_entries(
        aws_->call("events", "RemoveTargets", {{"Rule", rule}, {"Ids", std::move(ids)}}));
}

Result<void> ForwardingRuleSet::delete_rule(const std::string& name) {
    const auto deleted = aws_->call("events", "DeleteRule", {{"Name", name}});
    if (!deleted) return std::unexpected(deleted.error());
    return {};
}

std::string ForwardingRuleSet::unused_name() const {
    const auto prefix = name_prefix(role_);
    for (int number = 1;; ++number) {
        auto name = fmt::format("{}{}", prefix, number);
        if (std::ranges::find(rules_, name, &ForwardingRule::name) == rules_.end()) return name;
    }
}

}  // namespace dsdash::functions
