#include "embedded/bus/rule_set.hpp"

#include <set>

namespace dsdash::embedded {

namespace {

/// The sources that an event must have one of for `pattern` to match; empty when that is not told
/// by a plain list of strings.
std::set<std::string> sources_of(const json::object& pattern) {
    if (pattern.contains("$or")) return {};  // its branches may name sources of their own
    const auto* values = pattern.if_contains("source");
    if (values == nullptr || !values->is_array()) return {};
    std::set<std::string> sources;
    for (const auto& value : values->get_array()) {
        if (!value.is_string()) return {};
        sources.emplace(value.get_string());
    }
    return sources;
}

}  // namespace

Result<std::shared_ptr<const RuleSet>> RuleSet::compile(const std::vector<Rule>& rules,
                                                        std::vector<Lane> lanes,
                                                        std::uint64_t generation) {
    auto set = std::make_shared<RuleSet>();
    set->generation_ = generation;
    for (auto& lane : lanes) {
        set->by_rule_[lane.rule].emplace(lane.target.id, lane.number);
        set->lanes_.emplace(lane.number, std::move(lane));
    }
    for (const auto& rule : rules) {
        const auto targets = set->lanes_of(rule.name);
        if (!rule.enabled || rule.event_pattern.empty() || targets.empty()) continue;
        auto pattern = EventPattern::parse(rule.event_pattern);
        if (!pattern) return std::unexpected(std::move(pattern.error()));
        auto object = parse_json_object(rule.event_pattern);
        if (!object) return std::unexpected(std::move(object.error()));

        set->matchers_.push_back(std::make_unique<Matcher>(Matcher{std::move(*pattern), {}, {}}));
        Matcher& matcher = *set->matchers_.back();
        for (const auto number : targets) {
            const bool is_bus = account_of_bus(set->lanes_.at(number).target.arn).has_value();
            (is_bus ? matcher.buses : matcher.functions).push_back(number);
        }
        const auto sources = sources_of(*object);
        for (const auto& source : sources) set->by_source_[source].push_back(&matcher);
        if (sources.empty()) set->any_source_.push_back(&matcher);
    }
    return set;
}

std::vector<std::int64_t> RuleSet::match(const json::object& envelope, bool received) const {
    std::vector<std::int64_t> matched;
    const auto collect = [&](const std::vector<const Matcher*>& matchers) {
        for (const Matcher* matcher : matchers) {
            if (!matcher->pattern.matches(envelope)) continue;
            matched.insert(matched.end(), matcher->functions.begin(), matcher->functions.end());
            if (received) continue;
            matched.insert(matched.end(), matcher->buses.begin(), matcher->buses.end());
        }
    };
    const auto* source = envelope.if_contains("source");
    if (source != nullptr && source->is_string()) {
        const auto named = by_source_.find(std::string(source->get_string()));
        if (named != by_source_.end()) collect(named->second);
    }
    collect(any_source_);
    return matched;
}

const Lane* RuleSet::find_lane(std::int64_t number) const {
    const auto found = lanes_.find(number);
    return found == lanes_.end() ? nullptr : &found->second;
}

const Lane* RuleSet::find_lane(std::string_view rule, std::string_view target_id) const {
    const auto targets = by_rule_.find(rule);
    if (targets == by_rule_.end()) return nullptr;
    const auto found = targets->second.find(target_id);
    return found == targets->second.end() ? nullptr : find_lane(found->second);
}

std::vector<std::int64_t> RuleSet::lanes_of(std::string_view rule) const {
    std::vector<std::int64_t> numbers;
    const auto targets = by_rule_.find(rule);
    if (targets == by_rule_.end()) return numbers;
    for (const auto& [id, number] : targets->second) numbers.push_back(number);
    return numbers;
}

}  // namespace dsdash::embedded
