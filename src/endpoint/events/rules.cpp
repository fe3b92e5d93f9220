#include <fmt/format.h>

#include "domain/arn.hpp"
#include "domain/contract.hpp"
#include "embedded/bus/bus.hpp"
#include "endpoint/events/bus_name.hpp"
#include "endpoint/events/operations.hpp"
#include "endpoint/events/page_limit.hpp"
#include "endpoint/page_token.hpp"

namespace dsdash::endpoint {

namespace {

Result<bool> read_state(const json::object& input) {
    auto state = optional_string(input, "State");
    if (!state) return std::unexpected(std::move(state.error()));
    if (!*state || **state == "ENABLED") return true;
    if (**state == "DISABLED") return false;
    return fail(ErrorKind::malformed_input,
                fmt::format("State must be ENABLED or DISABLED, not {}", **state));
}

Result<embedded::Rule> read_rule(const json::object& input) {
    if (input.contains("Tags")) {
        return fail(ErrorKind::malformed_input, "Tags: rules have no tags here");
    }
    auto name = required_string(input, "Name");
    if (!name) return std::unexpected(std::move(name.error()));
    auto enabled = read_state(input);
    if (!enabled) return std::unexpected(std::move(enabled.error()));
    embedded::Rule rule;
    rule.name = std::move(*name);
    rule.enabled = *enabled;
    for (const auto& [field, member] :
         {std::pair{"EventPattern", &embedded::Rule::event_pattern},
          std::pair{"ScheduleExpression", &embedded::Rule::schedule_expression},
          std::pair{"Description", &embedded::Rule::description},
          std::pair{"RoleArn", &embedded::Rule::role_arn}}) {
        auto value = optional_string(input, field);
        if (!value) return std::unexpected(std::move(value.error()));
        rule.*member = std::move(*value).value_or("");
    }
    return rule;
}

json::object render_rule(const CallContext& context, const embedded::Rule& rule) {
    json::object rendered{
        {"Name", rule.name},
        {"Arn", rule_arn(context.account.region(), context.account.id(), rule.name)},
        {"State", rule.enabled ? "ENABLED" : "DISABLED"},
        {"EventBusName", contract::kDefaultBus}};
    const auto put_unless_empty = [&](std::string_view field, const std::string& value) {
        if (!value.empty()) rendered[field] = value;
    };
    put_unless_empty("EventPattern", rule.event_pattern);
    put_unless_empty("ScheduleExpression", rule.schedule_expression);
    put_unless_empty("Description", rule.description);
    put_unless_empty("RoleArn", rule.role_arn);
    return rendered;
}

/// The name of a rule on the caller's own bus.
Result<std::string> read_rule_name(const CallContext& context, const json::object& input) {
    if (auto bus = require_own_bus(context, input); !bus) {
        return std::unexpected(std::move(bus.error()));
    }
    return required_string(input, "Name");
}

Result<json::object> set_enabled(CallContext& context, const json::object& input, bool enabled) {
    auto name = read_rule_name(context, input);
    if (!name) return std::unexpected(std::move(name.error()));
    auto set = context.account.bus().rules().set_enabled(*name, enabled);
    if (!set) return std::unexpected(std::move(set.error()));
    return json::object{};
}

}  // namespace

Result<json::object> put_rule(CallContext& context, const json::object& input) {
    if (auto bus = require_own_bus(context, input); !bus) {
        return std::unexpected(std::move(bus.error()));
    }
    auto rule = read_rule(input);
    if (!rule) return std::unexpected(std::move(rule.error()));
    if (auto put = context.account.bus().rules().put_rule(*rule); !put) {
        return std::unexpected(std::move(put.error()));
    }
    return json::object{
        {"RuleArn", rule_arn(context.account.region(), context.account.id(), rule->name)}};
}

Result<json::object> describe_rule(CallContext& context, const json::object& input) {
    auto name = read_rule_name(context, input);
    if (!name) return std::unexpected(std::move(name.error()));
    auto rule = context.account.bus().rules().find_rule(*name);
    if (!rule) return std::unexpected(std::move(rule.error()));
    return render_rule(context, *rule);
}

Result<json::object> list_rules(CallContext& context, const json::object& input) {
    if (auto bus = require_own_bus(context, input); !bus) {
        return std::unexpected(std::move(bus.error()));
    }
    auto prefix = optional_string(input, "NamePrefix");
    if (!prefix) return std::unexpected(std::move(prefix.error()));
    const auto scope = fmt::format("ListRules {}", prefix->value_or(""));
    auto page = read_page_limit(input, scope);
    if (!page) return std::unexpected(std::move(page.error()));
    auto rules = context.account.bus().rules().list_rules(prefix->value_or(""), page->after,
                                                          page->items_max + 1);
    if (!rules) return std::unexpected(std::move(rules.error()));

    json::object output;
    if (rules->size() > page->items_max) {
        rules->resize(page->items_max);
        output["NextToken"] = make_page_token(scope, rules->back().name);
    }
    auto& rendered = output["Rules"].emplace_array();
    for (const auto& rule : *rules) rendered.emplace_back(render_rule(context, rule));
    return output;
}

Result<json::object> enable_rule(CallContext& context, const json::object& input) {
    return set_enabled(context, input, true);
}

Result<json::object> disable_rule(CallContext& context, const json::object& input) {
    return set_enabled(context, input, false);
}

Result<json::object> delete_rule(CallContext& context, const json::object& input) {
    auto name = read_rule_name(context, input);
    if (!name) return std::unexpected(std::move(name.error()));
    if (auto removed = context.account.bus().rules().remove_rule(*name); !removed) {
        return std::unexpected(std::move(removed.error()));
    }
    return json::object{};
}

}  // namespace dsdash::endpoint
