#include "domain/json_text.hpp"

#include <gtest/gtest.h>

#include <random>
#include <utility>
#include <vector>

#include "domain/json.hpp"

namespace dsdash {

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs members_of(std::string_view text) {
    Pairs pairs;
    JsonMembers members(text);
    while (const auto member = members.next()) {
        pairs.emplace_back(member->key, member->value);
    }
    return pairs;
}

std::vector<std::string> elements_of(std::string_view text) {
    std::vector<std::string> all;
    JsonElements elements(text);
    while (const auto element = elements.next()) {
        all.emplace_back(*element);
    }
    return all;
}

}  // namespace

TEST(JsonMembers, AreSlicesInOrderWithDuplicates) {
    EXPECT_EQ(members_of(R"( { "a" : 1.50 , "b":{"c":[1,2,"}"]},"a":"x\"," , "d":null} )"),
              (Pairs{{"\"a\"", "1.50"},
                     {"\"b\"", R"({"c":[1,2,"}"]})"},
                     {"\"a\"", R"("x\",")"},
                     {"\"d\"", "null"}}));
}

TEST(JsonMembers, AreNoneInAnEmptyObjectOrAnotherValue) {
    for (const auto* text : {"{}", " { } ", "[]", "1", "\"{\"", ""}) {
        EXPECT_EQ(members_of(text), Pairs{}) << text;
    }
}

TEST(JsonElements, AreSlicesInOrder) {
    EXPECT_EQ(elements_of(R"([ 1 , "a,]" ,[2, 3],{"x":[]},true])"),
              (std::vector<std::string>{"1", R"("a,]")", "[2, 3]", R"({"x":[]})", "true"}));
    EXPECT_TRUE(elements_of("[ ]").empty());
    EXPECT_TRUE(elements_of("{}").empty());
}

TEST(JsonText, UncheckedTextsComeToAnEnd) {
    const std::string_view whole = R"({"a":[1,{"b":"c\"d"}],"e":-1.5e3,"f":null})";
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
        members_of(whole.substr(0, cut));
        elements_of(whole.substr(cut));
    }
    std::mt19937 random(11);
    const std::string_view alphabet = "{}[]\",:\\ a1";
    std::uniform_int_distribution<std::size_t> any(0, alphabet.size() - 1);
    for (int i = 0; i < 20'000; ++i) {
        std::string text = i % 2 == 0 ? "{" : "[";
        for (int j = 0; j < 12; ++j) {
            text.push_back(alphabet[any(random)]);
        }
        EXPECT_LE(members_of(text).size(), text.size());
        EXPECT_LE(elements_of(text).size(), text.size());
    }
}

TEST(JsonText, StringsAreDecoded) {
    EXPECT_EQ(decode_json_string(R"("plain")"), "plain");
    EXPECT_EQ(decode_json_string(R"("\u00e9\n\"\\\/")"), "\xC3\xA9\n\"\\/");
    EXPECT_EQ(decode_json_string(R"("\ud83d\ude00")"), "\xF0\x9F\x98\x80");
    EXPECT_EQ(decode_json_string(R"("")"), "");
}

TEST(JsonText, StringsAreComparedWithAndWithoutEscapes) {
    EXPECT_TRUE(json_string_equals(R"("abc")", "abc"));
    EXPECT_TRUE(json_string_equals(R"("\u0061bc")", "abc"));
    EXPECT_FALSE(json_string_equals(R"("abc")", "ab"));
    EXPECT_FALSE(json_string_equals(R"("abc")", "abcd"));
    EXPECT_TRUE(json_string_equals(R"("")", ""));
}

TEST(JsonText, StringsAreWrittenSoThatTheyReadBack) {
    const std::string every_byte = [] {
        std::string text;
        for (char c = 0; c < 0x7F; ++c) {
            text.push_back(c);
        }
        return text + "\xC3\xA9\xF0\x9F\x98\x80";
    }();
    std::string out = "x";
    append_json_string(out, every_byte);
    ASSERT_TRUE(check_json(out.substr(1)));
    EXPECT_EQ(decode_json_string(out.substr(1)), every_byte);
}

TEST(JsonText, PositionsCountLinesAndColumnsFromOne) {
    EXPECT_EQ(describe_position("ab\ncd", 0), "line 1, column 1 (offset 0)");
    EXPECT_EQ(describe_position("ab\ncd", 4), "line 2, column 2 (offset 4)");
    EXPECT_EQ(describe_position("ab", 99), "line 1, column 3 (offset 2)");
}

}  // namespace dsdash
