#include "embedded/parameters/parameter_rules.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace dsdash::embedded {
namespace {

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

std::string name_refusal(std::string_view name) {
    auto checked = check_parameter_name(name);
    return checked ? "" : checked.error().code;
}

TEST(ParameterName, MayBePlainOrAPath) {
    EXPECT_EQ(name_refusal("plain-Name_1.x"), "");
    EXPECT_EQ(name_refusal("/monitors/TestHub"), "");
    EXPECT_EQ(name_refusal("/plain"), "");
    EXPECT_EQ(name_refusal(repeated("/a", 15)), "");
}

TEST(ParameterName, HasAtMostFifteenLevels) {
    EXPECT_EQ(name_refusal(repeated("/a", 16)), "HierarchyLevelLimitExceededException");
}

TEST(ParameterName, StartsWithSlashWhenItHoldsOne) {
    EXPECT_EQ(name_refusal("a/b"), "ValidationException");
}

TEST(ParameterName, MustNotBelongToAws) {
    EXPECT_EQ(name_refusal("aws-x"), "ValidationException");
    EXPECT_EQ(name_refusal("SSM"), "ValidationException");
    EXPECT_EQ(name_refusal("/sSm/x"), "ValidationException");
    EXPECT_EQ(name_refusal("/aws/service/x"), "AccessDeniedException");
    EXPECT_EQ(name_refusal("/my/aws"), "");
}

TEST(ParameterName, RefusesWhatIsNoName) {
    for (std::string_view name : {"", "/", "//", "/a//b", "/a/", "a b", "a:1", "a\n", "\xc3\xa4",
                                  "a\\b", "a*", "/a/../b c"}) {
        EXPECT_EQ(name_refusal(name), "ValidationException") << name;
    }
    EXPECT_EQ(name_refusal(std::string_view("a\0b", 3)), "ValidationException");
}

TEST(ParameterPath, MayEndWithSlashOrBeTheRoot) {
    EXPECT_TRUE(check_parameter_path("/"));
    EXPECT_TRUE(check_parameter_path("/monitors"));
    EXPECT_TRUE(check_parameter_path("/monitors/"));
}

TEST(ParameterPath, RefusesWhatIsNoPath) {
    for (std::string_view path : {"", "monitors", "//", "/a//", "/ssm", "/a b/"}) {
        EXPECT_FALSE(check_parameter_path(path)) << path;
    }
}

TEST(ParameterTier, LimitsTheValue) {
    EXPECT_EQ(choose_parameter_tier("Standard", "", 4'096).value(), "Standard");
    EXPECT_FALSE(choose_parameter_tier("Standard", "", 4'097));
    EXPECT_EQ(choose_parameter_tier("Advanced", "", 8'192).value(), "Advanced");
    EXPECT_FALSE(choose_parameter_tier("Advanced", "", 8'193));
}

TEST(ParameterTier, IsChosenBySizeWhenIntelligent) {
    EXPECT_EQ(choose_parameter_tier("Intelligent-Tiering", "", 4'096).value(), "Standard");
    EXPECT_EQ(choose_parameter_tier("Intelligent-Tiering", "", 4'097).value(), "Advanced");
    EXPECT_EQ(choose_parameter_tier("Intelligent-Tiering", "Advanced", 1).value(), "Advanced");
}

TEST(ParameterTier, NeverGoesDown) {
    EXPECT_FALSE(choose_parameter_tier("Standard", "Advanced", 1));
    EXPECT_EQ(choose_parameter_tier("Advanced", "Standard", 1).value(), "Advanced");
}

std::string pattern_refusal(std::string_view pattern, std::string_view value) {
    auto checked = check_allowed_pattern(pattern, value);
    return checked ? "" : checked.error().code;
}

TEST(AllowedPattern, ChecksTheValue) {
    EXPECT_EQ(pattern_refusal("^\\d+$", "123"), "");
    EXPECT_EQ(pattern_refusal("^\\d+$", "12a"), "ParameterPatternMismatchException");
    EXPECT_EQ(pattern_refusal("^(?!x)", "abc"), "");
}

TEST(AllowedPattern, RefusesWhatIsNoRegularExpression) {
    for (std::string_view pattern : {"(", "[a", "*", "a{2,1}", "\\", "(?<"}) {
        EXPECT_EQ(pattern_refusal(pattern, "a"), "InvalidAllowedPatternException") << pattern;
    }
    EXPECT_EQ(pattern_refusal(repeated("(", 1'024), "a"), "InvalidAllowedPatternException");
    EXPECT_EQ(pattern_refusal(repeated("a", 1'025), "a"), "ValidationException");
}

TEST(AllowedPattern, GivesUpOnAnEndlessSearch) {
    const std::string value(8'000, 'a');
    const auto start = std::chrono::steady_clock::now();
    for (std::string_view pattern : {"^(a+)+$b", "^(a|aa)+b$", "(a*)*b", "((a{1,255}){1,255})b"}) {
        EXPECT_EQ(pattern_refusal(pattern, value), "ParameterPatternMismatchException") << pattern;
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace dsdash::embedded
