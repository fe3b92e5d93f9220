#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "embedded/storage/account_identity.hpp"

namespace dsdash::embedded {

/// A rule of the default bus.
struct Rule {
    std::string name;                 ///< [.\-_A-Za-z0-9]{1,64}
    std::string event_pattern;        ///< JSON text; empty: none
    std::string schedule_expression;  ///< "rate(5 minutes)"; empty: none
    bool enabled = true;
    std::string description;  ///< at most 512 characters
    std::string role_arn;
};

/// Where a rule's events go.
struct Target {
    std::string id;  ///< [.\-_A-Za-z0-9]{1,64}
    /// A function of this account or the default bus of another one.
    std::string arn;
    std::string role_arn;                   ///< required for a bus
    std::optional<int> retry_attempts_max;  ///< 0-185
    std::optional<int> event_age_max_s;     ///< 60-86,400
    std::string dead_letter_arn;            ///< kept and told; dead letters stay in the account
};

/// A target and the number of its queue of deliveries.
struct Lane {
    std::int64_t number = 0;
    std::string rule;  ///< empty: the queue of a function's asynchronous invocations
    Target target;     ///< of such a queue: the function's name as id, and its ARN
};

inline constexpr std::size_t kRulesMax = 300;  ///< EventBridge quota, "Rules" per bus
inline constexpr std::size_t kRulePatternCharactersMax = 2'048;  ///< quota, "Event pattern size"
inline constexpr std::size_t kTargetsPerRuleMax = 5;  ///< EventBridge quota, "Targets" per rule

/// malformed_input naming the field; the pattern must pass EventPattern and a schedule
/// ScheduleExpression. denied when the role is not one of `owner`, whose rule it is.
Result<void> check_rule(const Rule& rule, const AccountIdentity& owner);
/// The same, for a target of a rule of `owner`.
Result<void> check_target(const Target& target, const AccountIdentity& owner);

/// The account whose default bus `arn` names; nothing for the ARN of anything else.
[[nodiscard]] std::optional<AccountId> account_of_bus(std::string_view arn);
/// The name of the function that `arn` names; nothing for the ARN of anything else.
[[nodiscard]] std::optional<std::string> name_of_function(std::string_view arn);

}  // namespace dsdash::embedded
