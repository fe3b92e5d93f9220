#include "embedded/bus/rule_set.hpp"

#include <gtest/gtest.h>

namespace dsdash::embedded {
namespace {

using Numbers = std::vector<std::int64_t>;

constexpr std::string_view kFunction = "arn:aws:lambda:eu-west-1:111111111111:function:f";
constexpr std::string_view kBus = "arn:aws:events:eu-west-1:222222222222:event-bus/default";

struct Builder {
    std::vector<Rule> rules;
    std::vector<Lane> lanes;

    Builder& rule(std::string_view pattern, std::initializer_list<std::string_view> arns,
                  bool enabled = true) {
        Rule rule;
        rule.name = "r" + std::to_string(rules.size());
        rule.event_pattern = pattern;
        rule.enabled = enabled;
        for (const auto arn : arns) {
            Lane lane;
            lane.number = static_cast<std::int64_t>(lanes.size()) + 1;
            lane.rule = rule.name;
            lane.target.id = std::to_string(lane.number);
            lane.target.arn = arn;
            lanes.push_back(lane);
        }
        rules.push_back(rule);
        return *this;
    }
    Numbers match(std::string_view event, bool received = false) {
        return RuleSet::compile(rules, lanes, 1)
            .value()
            ->match(parse_json_object(event).value(), received);
    }
};

TEST(RuleSet, MatchesEveryRuleWhosePatternFits) {
    Builder rules;
    rules.rule(R"({"source":["a"]})", {kFunction})
        .rule(R"({"source":["b"]})", {kFunction})
        .rule(R"({"source":["a","b"],"detail":{"x":[1]}})", {kFunction, kFunction});
    EXPECT_EQ(rules.match(R"({"source":"a","detail":{"x":1}})"), (Numbers{1, 3, 4}));
    EXPECT_EQ(rules.match(R"({"source":"b","detail":{"x":2}})"), Numbers{2});
    EXPECT_EQ(rules.match(R"({"source":"c","detail":{}})"), Numbers{});
}

TEST(RuleSet, FindsRulesThatDoNotNameTheirSourcesPlainly) {
    Builder rules;
    rules.rule(R"({"source":[{"prefix":"a"}]})", {kFunction})
        .rule(R"({"detail":{"x":[1]}})", {kFunction})
        .rule(R"({"source":["a",{"suffix":"z"}]})", {kFunction})
        .rule(R"({"source":["never"],"$or":[{"source":["ab"]},{"detail":{"x":[9]}}]})",
              {kFunction});
    EXPECT_EQ(rules.match(R"({"source":"abz","detail":{"x":1}})"), (Numbers{1, 2, 3}));
    EXPECT_EQ(rules.match(R"({"detail":{"x":1}})"), Numbers{2});
    EXPECT_EQ(rules.match(R"({"source":5,"detail":{"x":1}})"), Numbers{2});
}

TEST(RuleSet, CountsASourceThatIsNamedTwiceOnce) {
    Builder rules;
    rules.rule(R"({"source":["a","a"]})", {kFunction});
    EXPECT_EQ(rules.match(R"({"source":"a"})"), Numbers{1});
}

TEST(RuleSet, LeavesDisabledRulesOut) {
    Builder rules;
    rules.rule(R"({"source":["a"]})", {kFunction}, false);
    EXPECT_EQ(rules.match(R"({"source":"a"})"), Numbers{});
}

TEST(RuleSet, SendsReceivedEventsToNoBus) {
    Builder rules;
    rules.rule(R"({"source":["a"]})", {kBus, kFunction}).rule(R"({"source":["a"]})", {kBus});
    EXPECT_EQ(rules.match(R"({"source":"a"})"), (Numbers{2, 1, 3}));
    EXPECT_EQ(rules.match(R"({"source":"a"})", true), Numbers{2});
}

TEST(RuleSet, FindsLanesByNumberAndByName) {
    Builder rules;
    rules.rule(R"({"source":["a"]})", {kFunction, kBus});
    const auto set = RuleSet::compile(rules.rules, rules.lanes, 1).value();
    EXPECT_EQ(set->find_lane(2)->target.arn, kBus);
    EXPECT_EQ(set->find_lane("r0", "1")->number, 1);
    EXPECT_EQ(set->lanes_of("r0"), (Numbers{1, 2}));
    EXPECT_EQ(set->find_lane(3), nullptr);
    EXPECT_EQ(set->find_lane("r0", "3"), nullptr);
    EXPECT_EQ(set->find_lane("r1", "1"), nullptr);
    EXPECT_EQ(set->lanes_of("r1"), Numbers{});
}

}  // namespace
}  // namespace dsdash::embedded
