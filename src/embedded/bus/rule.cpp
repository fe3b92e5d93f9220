#include "embedded/bus/rule.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/arn.hpp"
#include "domain/event_pattern.hpp"
#include "domain/schedule_expression.hpp"

namespace dsdash::embedded {

namespace {

constexpr std::string_view kBusResource = "event-bus/default";
constexpr std::string_view kFunctionResource = "function:";

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

Result<void> check_name(std::string_view field, std::string_view name) {
    constexpr std::size_t kNameMax = 64;
    if (name.empty() || name.size() > kNameMax || !std::ranges::all_of(name, is_name_character)) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("{} must be 1-{} characters of [.\\-_A-Za-z0-9]", field, kNameMax));
    }
    return {};
}

/// A receiver's policy may name the role: were another account's accepted, anybody could use its
/// name.
Result<void> check_role(std::string_view arn, const AccountIdentity& owner) {
    const auto role = Arn::parse(arn);
    if (!role || role->service != "iam" || !role->resource.starts_with("role/")) {
        return fail(ErrorKind::malformed_input, "RoleArn must be the ARN of an IAM role");
    }
    if (role->account != owner.id.text()) {
        return fail(ErrorKind::denied, "Cross-account pass role is not allowed.",
                    "AccessDeniedException");
    }
    return {};
}

Result<void> check_range(std::string_view field, std::optional<int> value, int min, int max) {
    if (value && (*value < min || *value > max)) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("{} must lie between {} and {}", field, min, max));
    }
    return {};
}

Result<void> check_destination(const Target& target, const AccountIdentity& owner) {
    if (const auto account = account_of_bus(target.arn)) {
        if (*account == owner.id) {
            return fail(
                ErrorKind::malformed_input,
                fmt::format("target {}: the bus of a rule cannot be its own target", target.id));
        }
        if (target.role_arn.empty()) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("RoleArn is required for target {}: {} is the bus of another "
                                    "account",
                                    target.id, target.arn));
        }
        return {};
    }
    const auto function = name_of_function(target.arn);
    if (function && target.arn == function_arn(owner.region, owner.id, *function)) return {};
    return fail(ErrorKind::malformed_input,
                fmt::format("target {}: Arn must be a function of this account or the default bus "
                            "of another one",
                            target.id));
}

}  // namespace

Result<void> check_rule(const Rule& rule, const AccountIdentity& owner) {
    if (auto name = check_name("Name", rule.name); !name) return name;
    if (rule.event_pattern.empty() && rule.schedule_expression.empty()) {
        return fail(ErrorKind::malformed_input,
                    "EventPattern or ScheduleExpression is required for a rule");
    }
    if (!rule.event_pattern.empty()) {
        auto pattern = EventPattern::parse(rule.event_pattern, kRulePatternCharactersMax);
        if (!pattern) return std::unexpected(std::move(pattern.error()));
    }
    if (!rule.schedule_expression.empty()) {
        auto schedule = ScheduleExpression::parse(rule.schedule_expression);
        if (!schedule) return std::unexpected(std::move(schedule.error()));
    }
    constexpr std::size_t kDescriptionMax = 512;
    if (rule.description.size() > kDescriptionMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("Description must be at most {} characters", kDescriptionMax));
    }
    return rule.role_arn.empty() ? Result<void>{} : check_role(rule.role_arn, owner);
}

Result<void> check_target(const Target& target, const AccountIdentity& owner) {
    constexpr int kRetriesMax = 185;
    constexpr int kAgeMin = 60;
    constexpr int kAgeMax = 86'400;
    if (auto id = check_name("Id", target.id); !id) return id;
    if (auto destination = check_destination(target, owner); !destination) return destination;
    if (!target.role_arn.empty()) {
        if (auto role = check_role(target.role_arn, owner); !role) return role;
    }
    if (auto retries =
            check_range("MaximumRetryAttempts", target.retry_attempts_max, 0, kRetriesMax);
        !retries) {
        return retries;
    }
    return check_range("MaximumEventAgeInSeconds", target.event_age_max_s, kAgeMin, kAgeMax);
}

std::optional<AccountId> account_of_bus(std::string_view arn) {
    const auto bus = Arn::parse(arn);
    if (!bus || bus->service != "events" || bus->resource != kBusResource) return std::nullopt;
    const auto account = AccountId::parse(bus->account);
    const auto region = Region::parse(bus->region);
    if (!account || !region || event_bus_arn(*region, *account, "default") != arn) {
        return std::nullopt;
    }
    return *account;
}

std::optional<std::string> name_of_function(std::string_view arn) {
    const auto function = Arn::parse(arn);
    if (!function || function->service != "lambda" ||
        !function->resource.starts_with(kFunctionResource)) {
        return std::nullopt;
    }
    return function->resource.substr(kFunctionResource.size());
}

}  // namespace dsdash::embedded
