#include "domain/pattern/rule.hpp"

#include <gtest/gtest.h>

#include "domain/pattern/matching_test.hpp"

namespace dsdash::pattern {

TEST(Rule, NeedsEveryField) {
    const auto* pattern = R"({"source":["s"],"detail":{"state":["ok","up"],"n":[1]}})";
    EXPECT_TRUE(matches(pattern, R"({"source":"s","detail":{"state":"up","n":1,"more":2}})"));
    EXPECT_FALSE(matches(pattern, R"({"source":"s","detail":{"state":"up"}})"));
    EXPECT_FALSE(matches(pattern, R"({"source":"s","detail":{"state":"down","n":1}})"));
    EXPECT_FALSE(matches(pattern, R"({"source":"s","state":"up","n":1})"));
    EXPECT_FALSE(matches(pattern, "{}"));
}

TEST(Rule, LooksIntoArraysOfAnyDepth) {
    EXPECT_TRUE(matches(R"({"a":["x"]})", R"({"a":["y",[["x"]]]})"));
    EXPECT_TRUE(matches(R"({"a":{"b":["x"]}})", R"({"a":[[{"b":["y","x"]}]]})"));
    EXPECT_FALSE(matches(R"({"a":["x"]})", R"({"a":[{"x":"x"}]})"));
    EXPECT_FALSE(matches(R"({"a":["x"]})", R"({"a":[]})"));
}

TEST(Rule, ValuesOfOneArrayComeFromOneElement) {
    const auto* pattern = R"({"e":{"t":["a"],"n":[1]}})";
    EXPECT_TRUE(matches(pattern, R"({"e":[{"t":"b","n":1},{"t":"a","n":1}]})"));
    EXPECT_FALSE(matches(pattern, R"({"e":[{"t":"a","n":2},{"t":"b","n":1}]})"));
    EXPECT_TRUE(matches(pattern, R"({"e":[{"t":"a","n":2},{"t":["b","a"],"n":[3,1]}]})"));
}

TEST(Rule, NestedArraysAreEachConsistent) {
    const auto* pattern = R"({"e":{"f":{"x":[1],"y":[2]},"g":[3]}})";
    EXPECT_TRUE(matches(pattern, R"({"e":[{"f":[{"x":1,"y":0},{"x":1,"y":2}],"g":3}]})"));
    EXPECT_FALSE(matches(pattern, R"({"e":[{"f":[{"x":1,"y":0},{"x":0,"y":2}],"g":3}]})"));
    EXPECT_FALSE(matches(pattern, R"({"e":[{"f":[{"x":1,"y":2}]},{"g":3}]})"));
}

TEST(Rule, DifferentArraysAreIndependent) {
    EXPECT_TRUE(matches(R"({"a":{"x":[1]},"b":{"x":[1]}})",
                        R"({"a":[{"x":1},{"x":2}],"b":[{"x":2},{"x":1}]})"));
    EXPECT_TRUE(matches(R"({"d":{"a":{"x":[1]},"b":{"x":[1]}}})",
                        R"({"d":{"a":[{"x":1},{"x":2}],"b":[{"x":2},{"x":1}]}})"));
}

TEST(Rule, DottedKeysAndNestingAreTheSame) {
    EXPECT_TRUE(matches(R"({"d.a":["x"]})", R"({"d":{"a":"x"}})"));
    EXPECT_TRUE(matches(R"({"d":{"a":["x"]}})", R"({"d.a":"x"})"));
    EXPECT_TRUE(matches(R"({"d":{"a":{"b":["x"]}}})", R"({"d.a":{"b":"x"}})"));
    EXPECT_TRUE(matches(R"({"d":{"a":["x"],"b":["y"]}})", R"({"d.a":"x","d":{"b":"y"}})"));
    EXPECT_TRUE(matches(R"({"":{"":["x"]}})", R"({".":"x"})"));
    EXPECT_TRUE(matches(R"({"":["x"]})", R"({"":"x"})"));
}

TEST(Rule, AbsenceMeansNoLeafAtThePath) {
    const auto* pattern = R"({"d":{"a":[{"exists":false}]}})";
    for (const auto* event :
         {"{}", R"({"d":1})", R"({"d":{}})", R"({"d":{"a":{}}})", R"({"d":{"a":[]}})",
          R"({"d":{"a":{"b":1}}})", R"({"d":[{"b":1}]})"}) {
        EXPECT_TRUE(matches(pattern, event)) << event;
    }
    for (const auto* event : {R"({"d":{"a":null}})", R"({"d":{"a":""}})", R"({"d":{"a":[[0]]}})",
                              R"({"d.a":1})", R"({"d":[{"b":1},{"a":1}]})"}) {
        EXPECT_FALSE(matches(pattern, event)) << event;
    }
}

TEST(Rule, ExistenceMeansALeaf) {
    const auto* pattern = R"({"a":[{"exists":true}]})";
    EXPECT_TRUE(matches(pattern, R"({"a":null})"));
    EXPECT_TRUE(matches(pattern, R"({"a":[0]})"));
    EXPECT_FALSE(matches(pattern, R"({"a":{}})"));
    EXPECT_FALSE(matches(pattern, R"({"a":[[],{}]})"));
}

TEST(Rule, AbsenceIsAskedWithinTheChosenElement) {
    const auto* pattern = R"({"e":{"a":["x"],"b":[{"exists":false}]}})";
    EXPECT_TRUE(matches(pattern, R"({"e":[{"a":"x"},{"a":"y","b":1}]})"));
    EXPECT_FALSE(matches(pattern, R"({"e":[{"a":"x","b":1},{"a":"y"}]})"));
    // As in event-ruler: "a" comes before "b", when no element has been chosen yet.
    EXPECT_FALSE(matches(R"({"e":{"b":["x"],"a":[{"exists":false}]}})",
                         R"({"e":[{"b":"x"},{"b":"y","a":1}]})"));
}

TEST(Rule, ManyElementsDoNotMakeItSlow) {
    std::string elements;
    for (int i = 0; i < 20'000; ++i) {
        elements += R"({"a":1,"b":1,"c":1,"d":1},)";
    }
    const auto event = R"({"e":[)" + elements + R"({"a":1}]})";
    EXPECT_TRUE(matches(R"({"e":{"a":[1],"b":[1],"c":[1],"d":[1]}})", event));
    EXPECT_FALSE(matches(R"({"e":{"a":[1],"b":[1],"c":[1],"d":[1],"z":[1]}})", event));
}

TEST(Rule, GivesUpOnEventsMadeToBeSlow) {
    std::string elements;
    for (int i = 0; i < 2'000; ++i) {
        elements += R"({"x":1,"y":1,"z":1},)";
    }
    const auto array = "[" + elements + "{}]";
    const auto event = R"({"a":{"b":)" + array + R"(},"a.b":)" + array + "}";
    EXPECT_FALSE(matches(R"({"a":{"b":{"x":[1],"y":[1],"z":[2]}}})", event));
}

}  // namespace dsdash::pattern
