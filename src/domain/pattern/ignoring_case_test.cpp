#include "domain/pattern/ignoring_case.hpp"

#include <gtest/gtest.h>

#include "domain/pattern/matching_test.hpp"

namespace dsdash::pattern {

TEST(IgnoringCase, FindsBothCasesOfEachLetter) {
    EXPECT_TRUE(IgnoringCase("aBc1").equals("AbC1"));
    EXPECT_FALSE(IgnoringCase("abc").equals("abcd"));
    EXPECT_FALSE(IgnoringCase("abc").equals("ab"));
    EXPECT_FALSE(IgnoringCase("[").equals("{"));
    EXPECT_FALSE(IgnoringCase("@").equals("`"));
    EXPECT_TRUE(IgnoringCase("").equals(""));
}

TEST(IgnoringCase, KnowsLettersBeyondAscii) {
    EXPECT_TRUE(IgnoringCase("ÄÖÜ").equals("äöü"));
    EXPECT_TRUE(IgnoringCase("жук").equals("ЖУК"));
    EXPECT_TRUE(IgnoringCase("Σίσυφος").equals("σΊΣΥΦΟΣ"));
    EXPECT_TRUE(IgnoringCase("ÿ").equals("Ÿ"));
    EXPECT_TRUE(IgnoringCase("ⱥ").equals("Ⱥ"));  // two bytes against three
    EXPECT_TRUE(IgnoringCase("日本").equals("日本"));
    EXPECT_FALSE(IgnoringCase("ä").equals("a"));
}

TEST(IgnoringCase, GoesCharacterByCharacterAsEventRulerDoes) {
    EXPECT_TRUE(IgnoringCase("ß").equals("SS"));
    EXPECT_FALSE(IgnoringCase("SS").equals("ß"));
    EXPECT_FALSE(IgnoringCase("k").equals("\xE2\x84\xAA"));  // the Kelvin sign
    EXPECT_TRUE(IgnoringCase("\xE2\x84\xAA").equals("k"));
    EXPECT_TRUE(IgnoringCase("😀").equals("😀"));
    EXPECT_FALSE(IgnoringCase("𐐀").equals("𐐨"));  // beyond U+FFFF
}

TEST(IgnoringCase, FindsBothEnds) {
    EXPECT_TRUE(IgnoringCase("Aß").starts("aSSx"));
    EXPECT_FALSE(IgnoringCase("Aß").starts("aSx"));
    EXPECT_TRUE(IgnoringCase("ßA").ends("xSSa"));
    EXPECT_FALSE(IgnoringCase("ßA").ends("Sa"));
}

TEST(EqualsIgnoreCasePattern, TakesAllOfAString) {
    EXPECT_TRUE(takes(R"({"equals-ignore-case":"aB"})", R"("Ab")"));
    EXPECT_FALSE(takes(R"({"equals-ignore-case":"aB"})", R"("Abc")"));
    EXPECT_FALSE(takes(R"({"equals-ignore-case":"true"})", "true"));
    EXPECT_EQ(expression_refusal(R"({"equals-ignore-case":["a"]})"),
              "equals-ignore-case match pattern must be a string");
}

}  // namespace dsdash::pattern
