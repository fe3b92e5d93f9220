#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/event_pattern.hpp"
#include "embedded/bus/rule.hpp"

namespace dsdash::embedded {

/// The rules of a bus at one moment, compiled for matching. Immutable; any thread may match.
class RuleSet {
  public:
    /// `generation` tells one state of the rules from the next. Fails only for what check_rule
    /// would have refused.
    static Result<std::shared_ptr<const RuleSet>> compile(const std::vector<Rule>& rules,
                                                          std::vector<Lane> lanes,
                                                          std::uint64_t generation);

    /// The lanes of every enabled rule whose pattern matches `envelope`, the whole event. Events
    /// that were `received` from another account go to no bus: one hop and no more
    /// (user guide, "Sending and receiving events between accounts").
    [[nodiscard]] std::vector<std::int64_t> match(const json::object& envelope,
                                                  bool received) const;
    /// nullptr when there is none. Lifetime: this object's.
    [[nodiscard]] const Lane* find_lane(std::int64_t number) const;
    [[nodiscard]] const Lane* find_lane(std::string_view rule, std::string_view target_id) const;
    [[nodiscard]] std::vector<std::int64_t> lanes_of(std::string_view rule) const;
    [[nodiscard]] std::uint64_t generation() const { return generation_; }

  private:
    struct Matcher {
        EventPattern pattern;
        std::vector<std::int64_t> functions;
        std::vector<std::int64_t> buses;
    };

    std::map<std::int64_t, Lane> lanes_;
    std::map<std::string, std::map<std::string, std::int64_t, std::less<>>, std::less<>> by_rule_;
    std::vector<std::unique_ptr<Matcher>> matchers_;
    /// Nearly every pattern names its sources: an event is compared with those alone that name its
    /// own, and with the ones that name none. A hub with 300 rules for one source stays fast.
    std::unordered_map<std::string, std::vector<const Matcher*>> by_source_;
    std::vector<const Matcher*> any_source_;
    std::uint64_t generation_ = 0;
};

}  // namespace dsdash::embedded
