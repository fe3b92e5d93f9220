#include <gtest/gtest.h>

#include "domain/pattern/matching_test.hpp"

namespace dsdash::pattern {

namespace {

bool anything_but(std::string_view operand, std::string_view value) {
    return takes(R"({"anything-but":)" + std::string(operand) + "}", value);
}

std::string anything_but_refusal(std::string_view operand) {
    return expression_refusal(R"({"anything-but":)" + std::string(operand) + "}");
}

}  // namespace

TEST(AnythingButPattern, TakesAllOtherValues) {
    EXPECT_FALSE(anything_but(R"("x")", R"("x")"));
    EXPECT_TRUE(anything_but(R"("x")", R"("y")"));
    EXPECT_FALSE(anything_but(R"(["x","y"])", R"("y")"));
    EXPECT_FALSE(anything_but("1", "1.0"));
    EXPECT_FALSE(anything_but("[1,2]", "2"));
    EXPECT_TRUE(anything_but("[1,2]", "3"));
    EXPECT_FALSE(anything_but(R"("")", R"("")"));
}

TEST(AnythingButPattern, TakesValuesOfOtherTypes) {
    for (const auto* value : {"1", "true", "null"}) {
        EXPECT_TRUE(anything_but(R"("1")", value)) << value;
        EXPECT_TRUE(anything_but(R"({"prefix":"1"})", value)) << value;
    }
    EXPECT_TRUE(anything_but("1", R"("1")"));
}

TEST(AnythingButPattern, NeedsAValue) {
    EXPECT_FALSE(matches(R"({"a":[{"anything-but":"x"}]})", "{}"));
    EXPECT_FALSE(anything_but(R"("x")", "[]"));
    EXPECT_FALSE(anything_but(R"("x")", "{}"));
}

TEST(AnythingButPattern, OneOtherElementOfAnArrayIsEnough) {
    EXPECT_TRUE(anything_but(R"("x")", R"(["x","y"])"));
    EXPECT_FALSE(anything_but(R"("x")", R"(["x","x"])"));
}

TEST(AnythingButPattern, ExcludesWhatOtherOperatorsTake) {
    EXPECT_FALSE(anything_but(R"({"prefix":["a","b"]})", R"("bc")"));
    EXPECT_TRUE(anything_but(R"({"prefix":["a","b"]})", R"("cb")"));
    EXPECT_FALSE(anything_but(R"({"suffix":"c"})", R"("bc")"));
    EXPECT_FALSE(anything_but(R"({"equals-ignore-case":["AB","cd"]})", R"("CD")"));
    EXPECT_TRUE(anything_but(R"({"equals-ignore-case":"AB"})", R"("abc")"));
    EXPECT_FALSE(anything_but(R"({"wildcard":["*/lib/*","x"]})", R"("/a/lib/b")"));
    EXPECT_TRUE(anything_but(R"({"wildcard":"*/lib/*"})", R"("/a/bin/b")"));
}

TEST(AnythingButPattern, RefusesWhatItCannotExclude) {
    EXPECT_EQ(anything_but_refusal("null"),
              "Value of anything-but must be an array or single string/number value.");
    EXPECT_EQ(anything_but_refusal("true"),
              "Value of anything-but must be an array or single string/number value.");
    const std::string mixed =
        "Inside anything but list, either all values are number or string, mixed type is not "
        "supported";
    EXPECT_EQ(anything_but_refusal(R"(["x",1])"), mixed);
    EXPECT_EQ(anything_but_refusal("[]"), mixed);
    EXPECT_EQ(anything_but_refusal("[null]"), mixed);
    EXPECT_EQ(anything_but_refusal(R"([["x"]])"), mixed);
    EXPECT_EQ(anything_but_refusal("{}"), "Anything-But expression name not found");
    EXPECT_EQ(anything_but_refusal(R"({"cidr":"10.0.0.0/8"})"),
              "Unsupported anything-but pattern: cidr");
    EXPECT_EQ(anything_but_refusal(R"({"prefix":"a","suffix":"b"})"),
              "Only one key allowed in match expression");
    EXPECT_EQ(anything_but_refusal(R"({"prefix":{"equals-ignore-case":"a"}})"),
              "prefix match pattern must be a string");
    EXPECT_EQ(anything_but_refusal(R"({"suffix":["a",""]})"), "Null prefix/suffix not allowed");
    EXPECT_EQ(anything_but_refusal(R"({"wildcard":[]})"), "Empty arrays are not allowed");
    EXPECT_EQ(anything_but_refusal(R"({"wildcard":["a**"]})"),
              "Consecutive wildcard characters at pos 2");
    EXPECT_EQ(anything_but_refusal("12345678901234567"),
              "Cannot compare number : 12345678901234567");
}

}  // namespace dsdash::pattern
