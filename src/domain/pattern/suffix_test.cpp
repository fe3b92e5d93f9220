#include <gtest/gtest.h>

#include "domain/pattern/matching_test.hpp"

namespace dsdash::pattern {

TEST(SuffixPattern, TakesStringsThatEndSo) {
    EXPECT_TRUE(takes(R"({"suffix":".png"})", R"("a.png")"));
    EXPECT_TRUE(takes(R"({"suffix":".png"})", R"(".png")"));
    EXPECT_TRUE(takes(R"({"suffix":"\u00e9"})", R"("caf\u00e9")"));
    EXPECT_FALSE(takes(R"({"suffix":".png"})", R"("a.PNG")"));
    EXPECT_FALSE(takes(R"({"suffix":"2"})", "12"));
}

TEST(SuffixPattern, CanIgnoreCase) {
    EXPECT_TRUE(takes(R"({"suffix":{"equals-ignore-case":".PnG"}})", R"("a.pNg")"));
    EXPECT_TRUE(takes(R"({"suffix":{"equals-ignore-case":"stra\u00dfe"}})", R"("HauptSTRASSE")"));
    EXPECT_FALSE(takes(R"({"suffix":{"equals-ignore-case":".png"}})", R"("png")"));
}

TEST(SuffixPattern, RefusesWhatIsNoText) {
    EXPECT_EQ(expression_refusal(R"({"suffix":null})"), "suffix match pattern must be a string");
    EXPECT_EQ(expression_refusal(R"({"suffix":{"prefix":"a"}})"),
              "Unsupported suffix pattern: prefix");
}

}  // namespace dsdash::pattern
