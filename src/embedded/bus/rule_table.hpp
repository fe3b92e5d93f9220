#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "embedded/bus/rule_set.hpp"
#include "embedded/storage/account_parts.hpp"

namespace dsdash::embedded {

/// The rules of an account's default bus and their targets: in its file, and compiled in memory.
/// Any thread may call it. An unknown rule is not_found (ResourceNotFoundException).
class RuleTable {
  public:
    explicit RuleTable(const AccountParts& parts);
    static const char* schema();

    /// Creates or replaces by name; the targets stay. throttled (LimitExceededException) beyond
    /// kRulesMax.
    Result<void> put_rule(const Rule& rule);
    Result<Rule> find_rule(std::string_view name);
    /// At most `rules_max` rules whose name starts with `prefix` and is greater than `after`, by
    /// name.
    Result<std::vector<Rule>> list_rules(std::string_view prefix, std::string_view after,
                                         std::size_t rules_max);
    Result<void> set_enabled(std::string_view name, bool enabled);
    /// No error for a rule that is not there, as EventBridge; malformed_input while it has targets.
    Result<void> remove_rule(std::string_view name);

    /// Creates or replaces by rule and id: all of them or, on an error, none. throttled
    /// (LimitExceededException) beyond kTargetsPerRuleMax.
    Result<void> put_targets(std::string_view rule, std::span<const Target> targets);
    /// The ids that the rule has no target of. What still waits for a removed target becomes a dead
    /// letter.
    Result<std::vector<std::string>> remove_targets(std::string_view rule,
                                                    std::span<const std::string> ids);
    /// By id.
    Result<std::vector<Target>> list_targets(std::string_view rule);
    /// The lane of a function's asynchronous invocations; made when it is not there.
    Result<std::int64_t> invocation_lane(std::string_view function);

    /// The rules as the last change left them. Never waits for a change that is under way.
    Result<std::shared_ptr<const RuleSet>> rules();

    using Work = std::function<Result<void>(Database&)>;
    /// Runs the work that `prepare` makes of the rules, in the account's writer, if these are still
    /// the rules when its turn has come; otherwise prepares again. So matching is done outside the
    /// writer, and no delivery is stored for a target that has just been removed. An empty work
    /// needs no turn.
    Result<void> write_with_rules(const std::function<Result<Work>(const RuleSet&)>& prepare);

    /// When the next schedule of an enabled rule falls due; nothing when there is none. From
    /// memory.
    Result<std::optional<TimePoint>> next_schedule();
    /// The enabled rules whose schedule is due.
    Result<std::vector<Rule>> due_schedules(TimePoint now);
    /// Inside a work of the writer: whether the rule's schedule is still due at `now`; if so, sets
    /// when it falls due next.
    static Result<bool> advance_schedule(Database& database, std::string_view rule, TimePoint now);
    /// After works that advanced schedules: what next_schedule() tells.
    Result<void> reread_schedules();

  private:
    Result<void> change(const Work& work);
    Result<std::shared_ptr<const RuleSet>> refresh();
    Result<std::shared_ptr<const RuleSet>> load();

    AccountParts parts_;
    std::mutex change_mutex_;  // one change at a time, until it is published
    /// Counts changes; raised inside the writer's work, so work that runs after it in the same
    /// group sees it.
    std::atomic<std::uint64_t> generation_{1};
    std::mutex published_mutex_;
    std::shared_ptr<const RuleSet> published_;  // guarded by published_mutex_, as next_schedule_
    std::optional<TimePoint> next_schedule_;
};

}  // namespace dsdash::embedded
