#include "domain/pattern/compiler.hpp"

#include <gtest/gtest.h>

#include "domain/pattern/matching_test.hpp"

namespace dsdash::pattern {

namespace {

/// `factors` $or fields of `branches` branches each.
std::string or_product(int factors, int branches) {
    std::string pattern = "{";
    for (int i = 0; i < factors; ++i) {
        pattern += (i == 0 ? "" : ",") + std::string(R"("f)") + std::to_string(i) + R"(":{"$or":[)";
        for (int j = 0; j < branches; ++j) {
            pattern += (j == 0 ? "" : ",") + std::string(R"({"a":[)") + std::to_string(j) + "]}";
        }
        pattern += "]}";
    }
    return pattern + "}";
}

}  // namespace

TEST(OrPattern, TakesAnyOfItsBranches) {
    const auto* pattern = R"({"s":["x"],"$or":[{"a":[1]},{"b":[2],"c":[3]}]})";
    EXPECT_TRUE(matches(pattern, R"({"s":"x","a":1})"));
    EXPECT_TRUE(matches(pattern, R"({"s":"x","b":2,"c":3})"));
    EXPECT_FALSE(matches(pattern, R"({"s":"x","b":2})"));
    EXPECT_FALSE(matches(pattern, R"({"a":1})"));
}

TEST(OrPattern, StandsAtAnyDepthAndWithinItself) {
    const auto* pattern = R"({"d":{"$or":[{"a":[1]},{"$or":[{"b":[2]},{"c":{"x":[3]}}]}]}})";
    EXPECT_TRUE(matches(pattern, R"({"d":{"a":1}})"));
    EXPECT_TRUE(matches(pattern, R"({"d":{"b":2}})"));
    EXPECT_TRUE(matches(pattern, R"({"d":{"c":{"x":3}}})"));
    EXPECT_FALSE(matches(pattern, R"({"a":1})"));
}

TEST(OrPattern, OverridesAFieldBeforeItAndIsOverriddenByOneAfterIt) {
    const auto* before = R"({"a":["x"],"$or":[{"a":["y"]},{"b":["z"]}]})";
    EXPECT_TRUE(matches(before, R"({"a":"y"})"));
    EXPECT_TRUE(matches(before, R"({"a":"x","b":"z"})"));
    EXPECT_FALSE(matches(before, R"({"a":"x"})"));
    const auto* after = R"({"$or":[{"a":["y"]},{"b":["z"]}],"a":["x"]})";
    EXPECT_TRUE(matches(after, R"({"a":"x"})"));
    EXPECT_FALSE(matches(after, R"({"a":"y"})"));
}

TEST(OrPattern, RefusesWhatIsNoAlternative) {
    EXPECT_EQ(refusal(R"({"$or":{"a":[1]}})"),
              "It must be an Array followed with $or. at line 1, column 8 (offset 7)");
    EXPECT_EQ(
        refusal(R"({"$or":[{"a":[1]}]})"),
        "There must have at least 2 Objects in $or relationship. at line 1, column 8 (offset 7)");
    EXPECT_EQ(refusal(R"({"$or":[{"a":[1]},5]})"),
              "Only JSON object is allowed in array of $or relationship. at line 1, column 19 "
              "(offset 18)");
    EXPECT_EQ(refusal(R"({"$or":[{"a":[1]},{}]})"),
              "Empty objects are not allowed at line 1, column 19 (offset 18)");
    EXPECT_EQ(
        refusal(R"({"$or":[{"a":[1]},{"d":{"regex":[1]}}]})"),
        "regex is Ruler reserved fieldName which cannot be used inside $or. at line 1, column "
        "25 (offset 24)");
    EXPECT_EQ(refusal(R"({"regex":[1],"prefix":["x"]})"), "accepted");
}

TEST(OrPattern, MultipliesToAThousandAtMost) {
    EXPECT_EQ(refusal(or_product(3, 10)), "accepted");
    EXPECT_TRUE(
        refusal(or_product(3, 11)).starts_with("$or makes more than 1000 rule combinations"));
    EXPECT_TRUE(
        refusal(or_product(20, 8)).starts_with("$or makes more than 1000 rule combinations"));
    EXPECT_TRUE(matches(or_product(3, 10), R"({"f0":{"a":9},"f1":{"a":0},"f2":{"a":5}})"));
}

TEST(Pattern, DuplicateKeysMergeAndTheLastValueCounts) {
    EXPECT_TRUE(matches(R"({"a":["x"],"a":["y"]})", R"({"a":"y"})"));
    EXPECT_FALSE(matches(R"({"a":["x"],"a":["y"]})", R"({"a":"x"})"));
    EXPECT_FALSE(matches(R"({"d":{"a":[1]},"d":{"b":[2]}})", R"({"d":{"b":2}})"));
    EXPECT_EQ(refusal(R"({"a":[],"a":["y"]})"),
              "Empty arrays are not allowed at line 1, column 6 (offset 5)");
}

TEST(Pattern, NamesThePlaceOfWhatIsWrong) {
    EXPECT_EQ(refusal("{\"a\": [1],\n \"b\": {\n  \"c\": true}}"),
              "\"c\" must be an object or an array at line 3, column 8 (offset 26)");
    EXPECT_EQ(refusal(R"({"a":{"b":["x",{"prefix":"p","suffix":"s"}]}})"),
              "Only one key allowed in match expression at line 1, column 30 (offset 29)");
    EXPECT_EQ(refusal(R"({"a":[{"fuzzy":"x"}]})"),
              "Unrecognized match type fuzzy at line 1, column 8 (offset 7)");
    EXPECT_EQ(refusal(R"({"a":[{}]})"),
              "Match expression name not found at line 1, column 7 (offset 6)");
    EXPECT_EQ(refusal("{}"), "Empty objects are not allowed at line 1, column 1 (offset 0)");
    EXPECT_EQ(refusal(" [1]"), "Filter is not an object at line 1, column 2 (offset 1)");
    EXPECT_EQ(
        refusal(R"({"a":[{"exists":1}]})"),
        "exists match pattern must be either true or false. at line 1, column 17 (offset 16)");
}

}  // namespace dsdash::pattern
