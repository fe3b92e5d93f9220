#include "embedded/bus/rule_table.hpp"

#include <fmt/format.h>

#include "domain/arn.hpp"
#include "domain/schedule_expression.hpp"
#include "embedded/bus/delivery_queue.hpp"
#include "embedded/bus/rule_rows.hpp"

namespace dsdash::embedded {

namespace {

std::unexpected<Error> no_such_rule(std::string_view name) {
    return fail(ErrorKind::not_found,
                fmt::format("Rule {} does not exist on EventBus default.", name),
                "ResourceNotFoundException");
}

Result<void> require_rule(Database& database, std::string_view name) {
    auto rule = read_rule(database, name);
    if (!rule) return std::unexpected(std::move(rule.error()));
    if (!*rule) return no_such_rule(name);
    return {};
}

Result<void> check_count(Database& database, const char* sql, std::string_view rule,
                         std::size_t count_max, std::string_view what) {
    auto count = read_count(database, sql, rule);
    if (!count) return std::unexpected(std::move(count.error()));
    if (std::cmp_greater(*count, count_max)) {
        return fail(ErrorKind::throttled,
                    fmt::format("The requested resource exceeds the maximum number allowed: {} {}",
                                count_max, what),
                    "LimitExceededException");
    }
    return {};
}

/// A rule that keeps its schedule keeps its rhythm too.
std::optional<TimePoint> next_run(const Rule& rule, const std::optional<StoredRule>& before,
                                  TimePoint now) {
    if (rule.schedule_expression.empty()) return std::nullopt;
    if (before && before->rule.schedule_expression == rule.schedule_expression &&
        before->next_run) {
        return before->next_run;
    }
    // check_rule has parsed it.
    return ScheduleExpression::parse(rule.schedule_expression).value().next_after(now, now);
}

}  // namespace

RuleTable::RuleTable(const AccountParts& parts) : parts_(parts) {}

const char* RuleTable::schema() {
    return kRuleSchema;
}

Result<void> RuleTable::put_rule(const Rule& rule) {
    if (auto checked = check_rule(rule, parts_.identity); !checked) return checked;
    return change([&](Database& database) -> Result<void> {
        auto before = read_rule(database, rule.name);
        if (!before) return std::unexpected(std::move(before.error()));
        const auto next = next_run(rule, *before, parts_.clock.now());
        if (auto stored = write_rule(database, {rule, next}); !stored) return stored;
        return check_count(database, "SELECT count(*) FROM rule WHERE ?1 IS NOT NULL", rule.name,
                           kRulesMax, "rules on a bus");
    });
}

Result<Rule> RuleTable::find_rule(std::string_view name) {
    return parts_.reads.read<Rule>([&](Database& database) -> Result<Rule> {
        auto rule = read_rule(database, name);
        if (!rule) return std::unexpected(std::move(rule.error()));
        if (!*rule) return no_such_rule(name);
        return std::move((*rule)->rule);
    });
}

Result<std::vector<Rule>> RuleTable::list_rules(std::string_view prefix, std::string_view after,
                                                std::size_t rules_max) {
    return parts_.reads.read<std::vector<Rule>>(
        [&](Database& database) { return read_rules(database, prefix, after, rules_max); });
}

Result<void> RuleTable::set_enabled(std::string_view name, bool enabled) {
    return change([&](Database& database) -> Result<void> {
        auto before = read_rule(database, name);
        if (!before) return std::unexpected(std::move(before.error()));
        if (!*before) return no_such_rule(name);
        Rule rule = (*before)->rule;
        // What fell due while the rule was disabled is not caught up with.
        if (enabled && !rule.enabled) (*before)->next_run.reset();
        rule.enabled = enabled;
        return write_rule(database, {rule, next_run(rule, *before, parts_.clock.now())});
    });
}

Result<void> RuleTable::remove_rule(std::string_view name) {
    return change([&](Database& database) -> Result<void> {
        auto targets = read_count(database, "SELECT count(*) FROM target WHERE rule = ?", name);
        if (!targets) return std::unexpected(std::move(targets.error()));
        if (*targets > 0) {
            return fail(ErrorKind::malformed_input, "Rule can't be deleted since it has targets.");
        }
        auto removed = database.run("DELETE FROM rule WHERE name = ?", name);
        if (!removed) return std::unexpected(std::move(removed.error()));
        return {};
    });
}

Result<void> RuleTable::put_targets(std::string_view rule, std::span<const Target> targets) {
    for (const auto& target : targets) {
        if (auto checked = check_target(target, parts_.identity); !checked) return checked;
    }
    return change([&](Database& database) -> Result<void> {
        if (auto there = require_rule(database, rule); !there) return there;
        for (const auto& target : targets) {
            if (auto stored = write_target(database, rule, target); !stored) return stored;
        }
        return check_count(database, "SELECT count(*) FROM target WHERE rule = ?", rule,
                           kTargetsPerRuleMax, "targets of a rule");
    });
}

Result<std::vector<std::string>> RuleTable::remove_targets(std::string_view rule,
                                                           std::span<const std::string> ids) {
    std::vector<std::string> missing;
    auto removed = change([&](Database& database) -> Result<void> {
        if (auto there = require_rule(database, rule); !there) return there;
        auto lanes = read_lanes(database, rule);
        if (!lanes) return std::unexpected(std::move(lanes.error()));
        for (const auto& id : ids) {
            const auto lane =
                std::ranges::find(*lanes, id, [](const Lane& l) { return l.target.id; });
            if (lane == lanes->end()) {
                missing.push_back(id);
                continue;
            }
            const Failed why{"NO_RESOURCE", "the target was removed from its rule", ""};
            auto abandoned = abandon_lane(database, *lane, why, parts_.clock.now());
            if (!abandoned) return abandoned;
            auto deleted = database.run("DELETE FROM target WHERE number = ?", lane->number);
            if (!deleted) return std::unexpected(std::move(deleted.error()));
        }
        return {};
    });
    if (!removed) return std::unexpected(std::move(removed.error()));
    return missing;
}

Result<std::vector<Target>> RuleTable::list_targets(std::string_view rule) {
    using Targets = std::vector<Target>;
    return parts_.reads.read<Targets>([&](Database& database) -> Result<Targets> {
        if (auto there = require_rule(database, rule); !there) {
            return std::unexpected(std::move(there.error()));
        }
        auto lanes = read_lanes(database, rule);
        if (!lanes) return std::unexpected(std::move(lanes.error()));
        Targets targets;
        for (auto& lane : *lanes) targets.push_back(std::move(lane.target));
        return targets;
    });
}

Result<std::int64_t> RuleTable::invocation_lane(std::string_view function) {
    constexpr std::string_view kNoRule;
    auto known = rules();
    if (!known) return std::unexpected(std::move(known.error()));
    if (const Lane* lane = (*known)->find_lane(kNoRule, function)) return lane->number;

    Target target;
    target.id = function;
    target.arn = function_arn(parts_.identity.region, parts_.identity.id, function);
    auto made = change([&](Database& database) { return write_target(database, kNoRule, target); });
    if (!made) return std::unexpected(std::move(made.error()));
    known = rules();
    if (!known) return std::unexpected(std::move(known.error()));
    return (*known)->find_lane(kNoRule, function)->number;
}

Result<std::optional<TimePoint>> RuleTable::next_schedule() {
    if (auto known = rules(); !known) return std::unexpected(std::move(known.error()));
    const std::lock_guard lock(published_mutex_);
    return next_schedule_;
}

Result<std::vector<Rule>> RuleTable::due_schedules(TimePoint now) {
    return parts_.reads.read<std::vector<Rule>>(
        [&](Database& database) { return read_due_schedules(database, now); });
}

Result<bool> RuleTable::advance_schedule(Database& database, std::string_view name, TimePoint now) {
    auto stored = read_rule(database, name);
    if (!stored) return std::unexpected(std::move(stored.error()));
    if (!*stored || !(*stored)->rule.enabled || !(*stored)->next_run) return false;
    if (*(*stored)->next_run > now) return false;
    const auto schedule = ScheduleExpression::parse((*stored)->rule.schedule_expression);
    if (!schedule) return std::unexpected(schedule.error());
    (*stored)->next_run = schedule->next_after(*(*stored)->next_run, now);
    if (auto written = write_rule(database, **stored); !written) {
        return std::unexpected(std::move(written.error()));
    }
    return true;
}

Result<void> RuleTable::reread_schedules() {
    const std::lock_guard changing(change_mutex_);
    auto next = parts_.reads.read<std::optional<TimePoint>>(read_next_schedule);
    if (!next) return std::unexpected(std::move(next.error()));
    const std::lock_guard lock(published_mutex_);
    next_schedule_ = *next;
    return {};
}

Result<std::shared_ptr<const RuleSet>> RuleTable::rules() {
    {
        const std::lock_guard lock(published_mutex_);
        if (published_) return published_;
    }
    return refresh();
}

Result<void> RuleTable::write_with_rules(
    const std::function<Result<Work>(const RuleSet&)>& prepare) {
    for (auto current = rules();; current = refresh()) {
        if (!current) return std::unexpected(std::move(current.error()));
        const auto work = prepare(**current);
        if (!work) return std::unexpected(work.error());
        if (!*work) return {};
        bool stale = false;
        auto written = parts_.writer.write<void>([&](Database& database) -> Result<void> {
            stale = (*current)->generation() != generation_;
            if (stale) return fail(ErrorKind::conflict, "the rules changed meanwhile");
            return (*work)(database);
        });
        if (!stale) return written;
    }
}

Result<void> RuleTable::change(const Work& work) {
    const std::lock_guard lock(change_mutex_);
    auto changed = parts_.writer.write<void>([&](Database& database) -> Result<void> {
        auto done = work(database);
        if (done) ++generation_;
        return done;
    });
    // Also after a failed commit: the count has gone up, so the old set would be stale for ever.
    if (auto loaded = load(); !loaded && changed) return std::unexpected(loaded.error());
    return changed;
}

Result<std::shared_ptr<const RuleSet>> RuleTable::refresh() {
    const std::lock_guard lock(change_mutex_);
    return load();
}

/// With change_mutex_ held.
Result<std::shared_ptr<const RuleSet>> RuleTable::load() {
    const auto generation = generation_.load();
    {
        const std::lock_guard lock(published_mutex_);
        if (published_ && published_->generation() == generation) return published_;
    }
    struct Loaded {
        std::shared_ptr<const RuleSet> rules;
        std::optional<TimePoint> next_schedule;
    };
    auto loaded = parts_.reads.read<Loaded>([&](Database& database) -> Result<Loaded> {
        auto rules = read_rules(database, "", "", kRulesMax);
        if (!rules) return std::unexpected(std::move(rules.error()));
        auto lanes = read_lanes(database, std::nullopt);
        if (!lanes) return std::unexpected(std::move(lanes.error()));
        auto next = read_next_schedule(database);
        if (!next) return std::unexpected(std::move(next.error()));
        auto compiled = RuleSet::compile(*rules, std::move(*lanes), generation);
        if (!compiled) return std::unexpected(std::move(compiled.error()));
        return Loaded{std::move(*compiled), *next};
    });
    if (!loaded) return std::unexpected(std::move(loaded.error()));
    const std::lock_guard lock(published_mutex_);
    published_ = std::move(loaded->rules);
    next_schedule_ = loaded->next_schedule;
    return published_;
}

}  // namespace dsdash::embedded
