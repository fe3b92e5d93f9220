#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "domain/arn.hpp"
#include "embedded/bus/bus.hpp"
#include "endpoint/events/bus_name.hpp"
#include "endpoint/events/operations.hpp"
#include "endpoint/events/page_limit.hpp"
#include "endpoint/page_token.hpp"

namespace dsdash::endpoint {

namespace {

constexpr std::size_t kEntriesMax = 100;  // API reference, PutTargets and RemoveTargets

constexpr std::array<std::string_view, 5> kTargetFields{"Id", "Arn", "RoleArn", "RetryPolicy",
                                                        "DeadLetterConfig"};

/// The object at `field`; nullptr when absent. Lifetime: that of `object`.
Result<const json::object*> optional_object(const json::object& object, std::string_view field) {
    const auto* value = object.if_contains({field.data(), field.size()});
    if (value == nullptr || value->is_null()) return nullptr;
    if (!value->is_object()) {
        return fail(ErrorKind::malformed_input, fmt::format("{} must be an object", field));
    }
    return &value->get_object();
}

Result<std::optional<int>> small_integer(const json::object& object, std::string_view field) {
    auto value = optional_integer(object, field);
    if (!value) return std::unexpected(std::move(value.error()));
    if (!*value) return std::nullopt;
    if (!std::in_range<int>(**value)) {
        return fail(ErrorKind::malformed_input, fmt::format("{} is too large", field));
    }
    return static_cast<int>(**value);
}

Result<void> read_retry_policy(const json::object& object, embedded::Target& target) {
    auto policy = optional_object(object, "RetryPolicy");
    if (!policy) return std::unexpected(std::move(policy.error()));
    if (*policy == nullptr) return {};
    auto attempts = small_integer(**policy, "MaximumRetryAttempts");
    if (!attempts) return std::unexpected(std::move(attempts.error()));
    auto age = small_integer(**policy, "MaximumEventAgeInSeconds");
    if (!age) return std::unexpected(std::move(age.error()));
    target.retry_attempts_max = *attempts;
    target.event_age_max_s = *age;
    return {};
}

Result<void> read_dead_letter_config(const json::object& object, embedded::Target& target) {
    auto config = optional_object(object, "DeadLetterConfig");
    if (!config) return std::unexpected(std::move(config.error()));
    if (*config == nullptr) return {};
    auto arn = optional_string(**config, "Arn");
    if (!arn) return std::unexpected(std::move(arn.error()));
    target.dead_letter_arn = std::move(*arn).value_or("");
    return {};
}

Result<embedded::Target> read_target(const json::value& value) {
    if (!value.is_object()) return fail(ErrorKind::malformed_input, "Targets must be objects");
    const auto& object = value.get_object();
    for (const auto& member : object) {
        const std::string_view field = member.key();
        if (std::ranges::find(kTargetFields, field) == kTargetFields.end()) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("{}: targets here take the whole event; they have {}", field,
                                    fmt::join(kTargetFields, ", ")));
        }
    }
    auto id = required_string(object, "Id");
    if (!id) return std::unexpected(std::move(id.error()));
    auto arn = required_string(object, "Arn");
    if (!arn) return std::unexpected(std::move(arn.error()));
    auto role = optional_string(object, "RoleArn");
    if (!role) return std::unexpected(std::move(role.error()));
    embedded::Target target;
    target.id = std::move(*id);
    target.arn = std::move(*arn);
    target.role_arn = std::move(*role).value_or("");
    if (auto read = read_retry_policy(object, target); !read) return std::unexpected(read.error());
    if (auto read = read_dead_letter_config(object, target); !read) {
        return std::unexpected(read.error());
    }
    return target;
}

/// A list of 1 to kEntriesMax, each read by `read`.
template <class T>
Result<std::vector<T>> read_list(const json::object& input, std::string_view field,
                                 Result<T> (*read)(const json::value&)) {
    auto array = optional_array(input, field);
    if (!array) return std::unexpected(std::move(array.error()));
    if (*array == nullptr || (*array)->empty() || (*array)->size() > kEntriesMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("{} must have 1 to {} members", field, kEntriesMax));
    }
    std::vector<T> list;
    for (const auto& value : **array) {
        auto item = read(value);
        if (!item) return std::unexpected(std::move(item.error()));
        list.push_back(std::move(*item));
    }
    return list;
}

Result<std::string> read_id(const json::value& value) {
    if (!value.is_string()) return fail(ErrorKind::malformed_input, "Ids must be strings");
    return std::string(value.get_string());
}

/// Rules may only be pointed at buses that let them in: EventBridge checks that when the target is
/// created, and again at each delivery.
Result<void> check_permission(CallContext& context, const embedded::Target& target) {
    const auto owner = embedded::account_of_bus(target.arn);
    if (!owner || *owner == context.account.id()) return {};
    auto* receiver = context.home.find(*owner);
    if (receiver == nullptr || receiver->bus().arn() != target.arn) {
        // Whether the account is there is nothing that the caller may learn.
        return fail(ErrorKind::denied,
                    fmt::format("{} is not authorized to perform: events:PutEvents on resource: {}",
                                target.role_arn, target.arn),
                    "AccessDeniedException");
    }
    return receiver->bus().policy().check_put_events(context.account.id(), target.role_arn);
}

json::object render_target(const embedded::Target& target) {
    json::object rendered{{"Id", target.id}, {"Arn", target.arn}};
    if (!target.role_arn.empty()) rendered["RoleArn"] = target.role_arn;
    if (!target.dead_letter_arn.empty()) {
        rendered["DeadLetterConfig"].emplace_object()["Arn"] = target.dead_letter_arn;
    }
    json::object policy;
    if (target.retry_attempts_max) policy["MaximumRetryAttempts"] = *target.retry_attempts_max;
    if (target.event_age_max_s) policy["MaximumEventAgeInSeconds"] = *target.event_age_max_s;
    if (!policy.empty()) rendered["RetryPolicy"] = std::move(policy);
    return rendered;
}

/// The rule that an operation on targets is about.
Result<std::string> read_rule_name(const CallContext& context, const json::object& input) {
    if (auto bus = require_own_bus(context, input); !bus) {
        return std::unexpected(std::move(bus.error()));
    }
    return required_string(input, "Rule");
}

}  // namespace

Result<json::object> put_targets(CallContext& context, const json::object& input) {
    auto rule = read_rule_name(context, input);
    if (!rule) return std::unexpected(std::move(rule.error()));
    auto targets = read_list<embedded::Target>(input, "Targets", read_target);
    if (!targets) return std::unexpected(std::move(targets.error()));
    for (const auto& target : *targets) {
        auto valid = embedded::check_target(target, context.account.identity());
        if (valid) valid = check_permission(context, target);
        if (!valid) return std::unexpected(std::move(valid.error()));
    }
    auto put = context.account.bus().rules().put_targets(*rule, *targets);
    if (!put) return std::unexpected(std::move(put.error()));
    return json::object{{"FailedEntryCount", 0}, {"FailedEntries", json::array{}}};
}

Result<json::object> remove_targets(CallContext& context, const json::object& input) {
    auto rule = read_rule_name(context, input);
    if (!rule) return std::unexpected(std::move(rule.error()));
    auto ids = read_list<std::string>(input, "Ids", read_id);
    if (!ids) return std::unexpected(std::move(ids.error()));
    auto missing = context.account.bus().rules().remove_targets(*rule, *ids);
    if (!missing) return std::unexpected(std::move(missing.error()));

    json::array failed;
    for (const auto& id : *missing) {
        failed.emplace_back(json::object{
            {"TargetId", id},
            {"ErrorCode", "ResourceNotFoundException"},
            {"ErrorMessage",
             fmt::format("Rule {} does not have a target with the Id {}.", *rule, id)}});
    }
    const auto count = static_cast<std::int64_t>(failed.size());
    return json::object{{"FailedEntryCount", count}, {"FailedEntries", std::move(failed)}};
}

Result<json::object> list_targets_by_rule(CallContext& context, const json::object& input) {
    auto rule = read_rule_name(context, input);
    if (!rule) return std::unexpected(std::move(rule.error()));
    const auto scope = fmt::format("ListTargetsByRule {}", *rule);
    auto page = read_page_limit(input, scope);
    if (!page) return std::unexpected(std::move(page.error()));
    auto targets = context.account.bus().rules().list_targets(*rule);
    if (!targets) return std::unexpected(std::move(targets.error()));
    std::erase_if(*targets, [&](const auto& target) { return target.id <= page->after; });

    json::object output;
    if (targets->size() > page->items_max) {
        targets->resize(page->items_max);
        output["NextToken"] = make_page_token(scope, targets->back().id);
    }
    auto& rendered = output["Targets"].emplace_array();
    for (const auto& target : *targets) rendered.emplace_back(render_target(target));
    return output;
}

}  // namespace dsdash::endpoint
