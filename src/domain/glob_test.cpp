#include "domain/glob.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace dsdash {

namespace {

/// The definition, word for word.
bool matches_slowly(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) {
        return text.empty();
    }
    if (pattern.front() == '*') {
        return matches_slowly(pattern.substr(1), text) ||
               (!text.empty() && matches_slowly(pattern, text.substr(1)));
    }
    return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) &&
           matches_slowly(pattern.substr(1), text.substr(1));
}

}  // namespace

TEST(Glob, StarStandsForAnythingAndQuestionMarkForOne) {
    EXPECT_TRUE(matches_glob("sagemaker:List*", "sagemaker:ListEndpoints"));
    EXPECT_TRUE(matches_glob("*", ""));
    EXPECT_TRUE(matches_glob("a?c", "abc"));
    EXPECT_FALSE(matches_glob("a?c", "ac"));
    EXPECT_FALSE(matches_glob("", "a"));
    EXPECT_FALSE(matches_glob("A", "a"));
}

TEST(Glob, CanIgnoreCase) {
    EXPECT_TRUE(matches_glob_ignoring_case("SSM:get*", "ssm:GetParameter"));
    EXPECT_FALSE(matches_glob_ignoring_case("ssm:get*", "ssm:PutParameter"));
}

TEST(Glob, AgreesWithItsDefinitionOnAllSmallCases) {
    std::mt19937 random(3);
    const auto any = [&](std::string_view alphabet, std::size_t length_max) {
        std::string text(random() % (length_max + 1), ' ');
        for (auto& c : text) {
            c = alphabet[random() % alphabet.size()];
        }
        return text;
    };
    for (int i = 0; i < 50'000; ++i) {
        const auto pattern = any("ab*?", 6);
        const auto text = any("ab", 8);
        ASSERT_EQ(matches_glob(pattern, text), matches_slowly(pattern, text))
            << pattern << " " << text;
    }
}

TEST(Glob, ManyStarsDoNotMakeItSlow) {
    std::string pattern;
    for (int i = 0; i < 500; ++i) {
        pattern += "*a";
    }
    EXPECT_FALSE(matches_glob(pattern + "b", std::string(20'000, 'a')));
}

}  // namespace dsdash
