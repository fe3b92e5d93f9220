#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/utc_time.hpp"
#include "embedded/bus/rule.hpp"
#include "embedded/storage/sqlite.hpp"

/// The rows of rules and targets in an account's file.
namespace dsdash::embedded {

struct StoredRule {
    Rule rule;
    std::optional<TimePoint> next_run;  ///< of its schedule
};

extern const char* const kRuleSchema;

Result<std::optional<StoredRule>> read_rule(Database& database, std::string_view name);
Result<std::vector<Rule>> read_rules(Database& database, std::string_view prefix,
                                     std::string_view after, std::size_t rules_max);
Result<void> write_rule(Database& database, const StoredRule& rule);

/// By rule and id; of all rules when none is named.
Result<std::vector<Lane>> read_lanes(Database& database, std::optional<std::string_view> rule);
/// A target that is replaced keeps its lane.
Result<void> write_target(Database& database, std::string_view rule, const Target& target);

Result<std::optional<TimePoint>> read_next_schedule(Database& database);
Result<std::vector<Rule>> read_due_schedules(Database& database, TimePoint now);

/// The number that `sql`, with `argument`, asks for.
Result<std::int64_t> read_count(Database& database, std::string_view sql,
                                std::string_view argument);

}  // namespace dsdash::embedded
