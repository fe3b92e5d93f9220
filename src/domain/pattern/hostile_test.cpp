#include <gtest/gtest.h>

#include <random>

#include "domain/pattern/matching_test.hpp"

/// Patterns that no friend would write.
namespace dsdash::pattern {

namespace {

constexpr std::string_view kEveryOperator =
    R"({"source":["s",1.5e3,true,null,{"exactly":"e"}],"d":{"a":[{"prefix":"p"},)"
    R"({"suffix":{"equals-ignore-case":"S"}},{"wildcard":"a*\\*b"},{"exists":false}],)"
    R"("$or":[{"b":[{"numeric":[">",0,"<=",5]}]},{"c":[{"cidr":"10.0.0.0/8"}]}]},)"
    R"("e":[{"anything-but":["\u00e9"]},{"anything-but":{"prefix":["x"]}}]})";

std::string nested(std::size_t depth) {
    std::string pattern;
    for (std::size_t i = 0; i < depth; ++i) {
        pattern += R"({"":)";
    }
    return pattern + "[1]" + std::string(depth, '}');
}

}  // namespace

TEST(HostilePattern, IsRefusedWhereverItIsCut) {
    ASSERT_EQ(refusal(kEveryOperator), "accepted");
    for (std::size_t cut = 0; cut < kEveryOperator.size(); ++cut) {
        EXPECT_TRUE(refusal(kEveryOperator.substr(0, cut)).starts_with("not JSON: ")) << cut;
    }
}

TEST(HostilePattern, MayBeAsDeepAsItsLengthAllowsAndJsonDoes) {
    EXPECT_EQ(refusal(nested(600)), "accepted");
    EXPECT_TRUE(refusal(std::string(1001, '[')).starts_with("JSON nested deeper than 1000 levels"));
    EXPECT_EQ(refusal(nested(100'000)), "longer than 4096 characters");
    EXPECT_EQ(refusal(std::string(100'000, '[')), "longer than 4096 characters");
}

TEST(HostilePattern, LengthIsCountedInCharacters) {
    const auto pattern = [](std::size_t count, std::string_view character) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text += character;
        }
        return R"({"a":[")" + text + R"("]})";
    };
    constexpr std::size_t kAround = 10;
    EXPECT_EQ(refusal(pattern(4096 - kAround, "x")), "accepted");
    EXPECT_EQ(refusal(pattern(4096 - kAround, "😀")), "accepted");
    EXPECT_EQ(refusal(pattern(4097 - kAround, "x")), "longer than 4096 characters");
    EXPECT_EQ(refusal(pattern(4097 - kAround, "😀")), "longer than 4096 characters");
}

TEST(HostilePattern, IsRefusedWhenItIsNotJson) {
    for (const auto* text :
         {"", "NaN", R"({"a":[NaN]})", R"({"a":[Infinity]})", R"({"a":["x",]})",
          "{\"a\":[\"\xFF\"]}", "{\"\xC0\x80\":[1]}", R"({"a":["\ud800"]})",
          "{\"a\":[1]}\n// comment", R"({"a":[1]}{"b":[1]})", "\xEF\xBB\xBF{}"}) {
        EXPECT_TRUE(refusal(text).starts_with("not JSON: ")) << text;
    }
}

TEST(HostilePattern, DeepEventsAreWalkedAsDeepAsTheyMayBe) {
    const auto deep = std::string(990, '[') + "\"x\"" + std::string(990, ']');
    EXPECT_TRUE(takes(R"("x")", deep));
    EXPECT_FALSE(takes(R"("y")", deep));
    EXPECT_TRUE(takes(R"({"exists":true})", deep));
}

TEST(HostilePattern, RandomDamageIsRefusedOrCompiledButNeverFatal) {
    std::mt19937 random(5);
    const auto event = *parse_json_object(R"({"source":"s","d":{"a":"b","b":3},"e":[1,"\u00e9"]})");
    const std::string_view tokens = "{}[]\":,\\*/$0159-eE.tfnu \x80\xC3";
    int accepted = 0;
    for (int i = 0; i < 30'000; ++i) {
        std::string text(kEveryOperator);
        for (auto changes = 1 + random() % 3; changes > 0; --changes) {
            const auto at = random() % text.size();
            switch (random() % 3) {
                case 0:
                    text.erase(at, 1 + random() % 8);
                    break;
                case 1:
                    text.insert(at, 1, tokens[random() % tokens.size()]);
                    break;
                default:
                    text[at] = tokens[random() % tokens.size()];
                    break;
            }
        }
        if (const auto pattern = EventPattern::parse(text)) {
            ++accepted;
            std::ignore = pattern->matches(event);
        } else {
            ASSERT_NE(refusal(text), "not as an event pattern is refused") << text;
        }
    }
    EXPECT_GT(accepted, 100);
}

}  // namespace dsdash::pattern
