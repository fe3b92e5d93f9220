#include <gtest/gtest.h>

#include "domain/pattern/matching_test.hpp"

namespace dsdash::pattern {

TEST(LiteralPattern, TypesNeverMix) {
    EXPECT_TRUE(takes(R"("x")", R"("x")"));
    EXPECT_TRUE(takes("null", "null"));
    EXPECT_TRUE(takes("true", "true"));
    EXPECT_TRUE(takes(R"("")", R"("")"));
    EXPECT_FALSE(takes(R"("1")", "1"));
    EXPECT_FALSE(takes("1", R"("1")"));
    EXPECT_FALSE(takes("true", R"("true")"));
    EXPECT_FALSE(takes("true", "false"));
    EXPECT_FALSE(takes("null", R"("")"));
    EXPECT_FALSE(takes(R"("null")", "null"));
    EXPECT_FALSE(takes("1", "true"));
    EXPECT_FALSE(takes("0", "null"));
}

TEST(LiteralPattern, NumbersAreComparedByValue) {
    EXPECT_TRUE(takes("300", "3.0e2"));
    EXPECT_TRUE(takes("3.0e2", "300"));
    EXPECT_TRUE(takes("-0.0", "0"));
    EXPECT_TRUE(takes("1e300", "1E+300"));
    EXPECT_FALSE(takes("0.3", "0.30000000000000004"));
    EXPECT_FALSE(takes("1", "1.0000000000000002"));
}

TEST(LiteralPattern, LongIntegersAreNotRoundedToTheSameDouble) {
    EXPECT_TRUE(takes("12345678901234567890", "12345678901234567890"));
    EXPECT_FALSE(takes("12345678901234567890", "12345678901234567891"));
    EXPECT_FALSE(takes("9007199254740993", "9007199254740992"));
    EXPECT_FALSE(takes("9007199254740992", "9007199254740993"));
    EXPECT_TRUE(takes("-9007199254740993", "-9007199254740993"));
}

TEST(LiteralPattern, AnAddressMatchesInEverySpelling) {
    EXPECT_TRUE(takes(R"("::1")", R"("0:0:0:0:0:0:0:1")"));
    EXPECT_TRUE(takes(R"("10.0.0.1")", R"("10.0.0.1")"));
    EXPECT_FALSE(takes(R"("10.0.0.1")", R"("10.0.0.10")"));
    EXPECT_FALSE(takes(R"("::1")", R"("::2")"));
}

TEST(LiteralPattern, EscapesAreReadOnBothSides) {
    EXPECT_TRUE(takes(R"("\u0041\"")", R"("A\u0022")"));
    EXPECT_TRUE(takes(R"("\u00e9")", "\"\xC3\xA9\""));
}

TEST(LiteralPattern, ListsInListsAreRefused) {
    EXPECT_EQ(expression_refusal(R"(["x"])"),
              "Match value must be String, number, true, false, or null");
}

TEST(ExactlyPattern, TakesTheTextAsItIs) {
    EXPECT_TRUE(takes(R"({"exactly":"x"})", R"("x")"));
    EXPECT_FALSE(takes(R"({"exactly":"::1"})", R"("0:0:0:0:0:0:0:1")"));
    EXPECT_EQ(expression_refusal(R"({"exactly":1})"), "exact match pattern must be a string");
}

}  // namespace dsdash::pattern
