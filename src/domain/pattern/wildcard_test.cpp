#include <gtest/gtest.h>

#include "domain/pattern/matching_test.hpp"

namespace dsdash::pattern {

namespace {

bool wildcard(std::string_view pattern, std::string_view text) {
    const auto quoted = [](std::string_view s) {
        return json::serialize(json::string_view(s.data(), s.size()));
    };
    return takes(R"({"wildcard":)" + quoted(pattern) + "}", quoted(text));
}

}  // namespace

TEST(WildcardPattern, StarTakesAnyTextAlsoNone) {
    EXPECT_TRUE(wildcard("*", ""));
    EXPECT_TRUE(wildcard("a*c", "ac"));
    EXPECT_TRUE(wildcard("a*c", "abcbc"));
    EXPECT_FALSE(wildcard("a*c", "abcb"));
    EXPECT_TRUE(wildcard("*a*b*", "xxaxxbxx"));
    EXPECT_FALSE(wildcard("*a*b*", "ba"));
    EXPECT_FALSE(wildcard("A*", "a"));
}

TEST(WildcardPattern, EndsDoNotOverlap) {
    EXPECT_FALSE(wildcard("ab*ba", "aba"));
    EXPECT_TRUE(wildcard("ab*ba", "abba"));
    EXPECT_FALSE(wildcard("a*a*a", "aa"));
}

TEST(WildcardPattern, EscapesStandForThemselves) {
    EXPECT_TRUE(wildcard("a\\*c", "a*c"));
    EXPECT_FALSE(wildcard("a\\*c", "abc"));
    EXPECT_TRUE(wildcard("a\\\\*", "a\\bc"));
    EXPECT_TRUE(wildcard("*\\**", "x*y"));
}

TEST(WildcardPattern, WithoutStarIsEquality) {
    EXPECT_TRUE(wildcard("", ""));
    EXPECT_FALSE(wildcard("", "x"));
    EXPECT_FALSE(wildcard("a", "ab"));
}

TEST(WildcardPattern, ManyStarsDoNotMakeItSlow) {
    std::string pattern;
    for (int i = 0; i < 1000; ++i) {
        pattern += "a*";
    }
    EXPECT_FALSE(wildcard(pattern + "b", std::string(200'000, 'a')));
}

TEST(WildcardPattern, RefusesWhatIsAmbiguous) {
    EXPECT_EQ(expression_refusal(R"({"wildcard":"**"})"),
              "Consecutive wildcard characters at pos 1");
    EXPECT_EQ(expression_refusal(R"({"wildcard":"a\\"})"), "Invalid escape character at pos 2");
    EXPECT_EQ(expression_refusal(R"({"wildcard":"\\?"})"), "Invalid escape character at pos 1");
    EXPECT_EQ(expression_refusal(R"({"wildcard":5})"), "wildcard match pattern must be a string");
}

}  // namespace dsdash::pattern
