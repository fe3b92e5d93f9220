#include "domain/pattern/reference_matcher.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "domain/event_pattern.hpp"

/// What the compiled matcher says of many small generated patterns and events, beside what the
/// reference matcher says.
namespace dsdash::pattern {

namespace {

using Texts = std::vector<const char*>;

/// What generated cases are made of.
struct Vocabulary {
    Texts keys;
    Texts leaves;
    Texts expressions;
    std::size_t alternatives_max;
};

const Vocabulary kEverything{
    .keys = {"a", "b", "c", "a.b", "b-"},
    .leaves = {R"("")", R"("x")", R"("xy")", R"("Xy")", R"("yx")", R"("10.0.0.9")", "0", "1", "1.0",
               "1.5", "-2", "true", "false", "null"},
    .expressions = {R"({"exists":true})",
                    R"({"exists":false})",
                    R"({"exists":false})",
                    R"({"exactly":"x"})",
                    R"({"prefix":"x"})",
                    R"({"prefix":{"equals-ignore-case":"XY"}})",
                    R"({"suffix":"y"})",
                    R"({"suffix":{"equals-ignore-case":"Y"}})",
                    R"({"equals-ignore-case":"xY"})",
                    R"({"wildcard":"x*"})",
                    R"({"wildcard":"*x*y*"})",
                    R"({"cidr":"10.0.0.0/29"})",
                    R"({"cidr":"10.0.0.1/28"})",
                    R"({"numeric":["=",1]})",
                    R"({"numeric":["<",1]})",
                    R"({"numeric":[">=",1]})",
                    R"({"numeric":[">",-2,"<=",1.5]})",
                    R"({"anything-but":"x"})",
                    R"({"anything-but":["x","xy"]})",
                    R"({"anything-but":[1,1.5]})",
                    R"({"anything-but":{"prefix":"x"}})",
                    R"({"anything-but":{"suffix":["x","y"]}})",
                    R"({"anything-but":{"equals-ignore-case":"XY"}})",
                    R"({"anything-but":{"wildcard":["x*","*y*"]}})"},
    .alternatives_max = 3,
};

/// Few keys and values, so that arrays of objects decide.
const Vocabulary kArrays{
    .keys = {"a", "b"},
    .leaves = {R"("x")", R"("y")", R"("z")"},
    .expressions = {R"({"exists":false})", R"({"anything-but":"x"})"},
    .alternatives_max = 1,
};

class Generator {
  public:
    Generator(const Vocabulary& vocabulary, unsigned seed)
        : vocabulary_(vocabulary), random_(seed) {}

    json::object event() { return object(3); }

    json::object pattern(int depth = 2) {
        json::object pattern;
        for (auto left = 1 + below(2); left > 0; --left) {
            if (depth > 0 && below(2) == 0) {
                pattern[any(vocabulary_.keys)] = this->pattern(depth - 1);
            } else {
                pattern[any(vocabulary_.keys)] = alternatives();
            }
        }
        if (depth > 0 && below(4) == 0) {
            pattern["$or"] = json::array{this->pattern(depth - 1), this->pattern(depth - 1)};
        }
        return pattern;
    }

  private:
    std::size_t below(std::size_t limit) { return random_() % limit; }
    const char* any(const Texts& texts) { return texts[below(texts.size())]; }

    json::object object(int depth) {
        json::object object;
        for (auto left = 1 + below(5); left > 0; --left) {
            object[any(vocabulary_.keys)] = value(depth);
        }
        return object;
    }
    json::value value(int depth) {
        const auto kind = depth == 0 ? 0 : below(4);
        if (kind == 1) {
            return object(depth - 1);
        }
        if (kind == 2) {
            json::array array;
            for (auto left = below(4); left > 0; --left) {
                array.push_back(value(depth - 1));
            }
            return array;
        }
        return json::parse(any(vocabulary_.leaves));
    }
    json::array alternatives() {
        json::array all;
        for (auto left = 1 + below(vocabulary_.alternatives_max); left > 0; --left) {
            all.push_back(
                json::parse(any(below(3) == 0 ? vocabulary_.expressions : vocabulary_.leaves)));
        }
        return all;
    }

    const Vocabulary& vocabulary_;
    std::mt19937 random_;
};

void expect_agreement(const Vocabulary& vocabulary, unsigned seed) {
    constexpr int kPatterns = 3'000;
    constexpr int kEventsEach = 15;
    Generator generate(vocabulary, seed);
    int matched = 0;
    for (int i = 0; i < kPatterns; ++i) {
        const auto pattern = generate.pattern();
        const auto compiled = EventPattern::parse(json::serialize(pattern));
        ASSERT_TRUE(compiled) << pattern << ": " << compiled.error().message;
        for (int j = 0; j < kEventsEach; ++j) {
            const auto event = generate.event();
            const bool expected = reference_matches(pattern, event);
            ASSERT_EQ(compiled->matches(event), expected) << pattern << "\n" << event;
            matched += expected ? 1 : 0;
        }
    }
    EXPECT_GT(matched, kPatterns * kEventsEach / 30) << "the cases must be neither all nor nothing";
}

}  // namespace

TEST(ReferenceMatcher, AgreesOnEveryOperator) {
    expect_agreement(kEverything, 20261123);
}

TEST(ReferenceMatcher, AgreesOnArraysOfObjects) {
    expect_agreement(kArrays, 7);
}

}  // namespace dsdash::pattern
