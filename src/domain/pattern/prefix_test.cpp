#include <gtest/gtest.h>

#include "domain/pattern/matching_test.hpp"

namespace dsdash::pattern {

TEST(PrefixPattern, TakesStringsThatStartSo) {
    EXPECT_TRUE(takes(R"({"prefix":"ab"})", R"("abc")"));
    EXPECT_TRUE(takes(R"({"prefix":"ab"})", R"("ab")"));
    EXPECT_FALSE(takes(R"({"prefix":"ab"})", R"("a")"));
    EXPECT_FALSE(takes(R"({"prefix":"ab"})", R"("Abc")"));
    EXPECT_FALSE(takes(R"({"prefix":"1"})", "12"));
}

TEST(PrefixPattern, TheEmptyPrefixTakesAnyString) {
    EXPECT_TRUE(takes(R"({"prefix":""})", R"("")"));
    EXPECT_TRUE(takes(R"({"prefix":""})", R"("x")"));
    EXPECT_FALSE(takes(R"({"prefix":""})", "null"));
}

TEST(PrefixPattern, CanIgnoreCase) {
    EXPECT_TRUE(takes(R"({"prefix":{"equals-ignore-case":"\u00c4B"}})", R"("\u00e4bc")"));
    EXPECT_FALSE(takes(R"({"prefix":{"equals-ignore-case":"AB"}})", R"("xab")"));
}

TEST(PrefixPattern, RefusesWhatIsNoText) {
    EXPECT_EQ(expression_refusal(R"({"prefix":1})"), "prefix match pattern must be a string");
    EXPECT_EQ(expression_refusal(R"({"prefix":["a"]})"), "prefix match pattern must be a string");
    EXPECT_EQ(expression_refusal(R"({"prefix":{}})"), "prefix expression name not found");
    EXPECT_EQ(expression_refusal(R"({"prefix":{"wildcard":"a"}})"),
              "Unsupported prefix pattern: wildcard");
    EXPECT_EQ(expression_refusal(R"({"prefix":{"equals-ignore-case":["a"]}})"),
              "equals-ignore-case match pattern must be a string");
    EXPECT_EQ(
        expression_refusal(R"({"prefix":{"equals-ignore-case":"a","equals-ignore-case":"b"}})"),
        "Only one key allowed in match expression");
}

}  // namespace dsdash::pattern
