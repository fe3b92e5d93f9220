#include "domain/json.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace dsdash {

namespace {

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

json::object object(std::string_view text) {
    return *parse_json_object(text);
}

}  // namespace

TEST(Json, NamesThePlaceOfAnError) {
    const auto value = parse_json("{\"a\": 1,\n \"b\": nul}");
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().kind, ErrorKind::malformed_input);
    EXPECT_TRUE(value.error().message.contains("line 2, column 7 (offset 15)"))
        << value.error().message;
}

TEST(Json, RefusesWhatIsNotJson) {
    for (const auto* text :
         {"",        " ",           "{",          "{\"a\":1,}", "[1,]", "{a:1}",  "'a'",  "nul",
          "NaN",     "[NaN]",       "[Infinity]", "[01]",       "[+1]", "[.5]",   "[1.]", "\"\n\"",
          "\"\\x\"", "\"\\ud800\"", "// c\n1",    "1 2",        "{} x", "{\"a\"}"}) {
        EXPECT_FALSE(parse_json(text)) << text;
        EXPECT_FALSE(check_json(text)) << text;
    }
    EXPECT_FALSE(parse_json(std::string_view("1\0", 2)));
}

TEST(Json, RefusesWhatIsNotUtf8) {
    for (const auto* text : {"\"\x80\"", "\"\xC0\xAF\"", "\"\xE2\x82\"", "\"\xED\xA0\x80\"",
                             "\"\xF5\x80\x80\x80\"", "{\"\xFF\":1}"}) {
        EXPECT_FALSE(parse_json(text));
        EXPECT_FALSE(check_json(text));
    }
    EXPECT_TRUE(parse_json("\"\xE2\x82\xAC\xF0\x9F\x98\x80\""));
}

TEST(Json, NestsAsDeepAsAwsAllowsAndNoDeeper) {
    EXPECT_TRUE(parse_json(nested(kJsonDepthMax)));
    EXPECT_TRUE(check_json(nested(kJsonDepthMax)));
    EXPECT_FALSE(parse_json(nested(kJsonDepthMax + 1)));
    const auto deepest = parse_json(nested(100'000));
    ASSERT_FALSE(deepest);
    EXPECT_TRUE(deepest.error().message.contains("deeper than 1000 levels"));
}

TEST(Json, ObjectsAreAskedForByName) {
    EXPECT_TRUE(parse_json_object(" {\"a\":1} "));
    EXPECT_EQ(parse_json_object("[1]").error().message, "the JSON text must be an object");
}

TEST(Json, TheLastOfDuplicateKeysCounts) {
    EXPECT_EQ(object(R"({"a":1,"a":2})").at("a").as_int64(), 2);
    EXPECT_EQ(exact_number_text(R"({"a":1,"a":2})", "a"), "2");
}

TEST(ExactNumberText, KeepsWhatADoubleWouldRound) {
    const std::string_view text = R"({"x":{"v":7},"v":0.10,"w":[1,{"v":8}],"s":"1e2"})";
    EXPECT_EQ(exact_number_text(text, "v"), "0.10");
    EXPECT_EQ(exact_number_text(text, "s"), "1e2");
    EXPECT_EQ(exact_number_text(R"({"v":12345678901234567890.123456789012345678})", "v"),
              "12345678901234567890.123456789012345678");
    EXPECT_EQ(exact_number_text("{ \"v\" :\t-1E-5\n}", "v"), "-1E-5");
    EXPECT_EQ(exact_number_text(R"({"\u0076":5})", "v"), "5");
}

TEST(ExactNumberText, IsNothingForWhatIsNoNumber) {
    const std::string_view text = R"({"t":true,"n":null,"o":{},"a":[1],"s":"five","e":""})";
    for (const auto* key : {"t", "n", "o", "a", "s", "e", "absent", ""}) {
        EXPECT_EQ(exact_number_text(text, key), std::nullopt) << key;
    }
    EXPECT_EQ(exact_number_text("[1]", "0"), std::nullopt);
}

TEST(Fields, AreReadByTypeAndNamedWhenWrong) {
    const auto fields = object(R"({"s":"x","i":-3,"f":3.0,"h":3.5,"b":true,"a":[1],"n":null})");
    EXPECT_EQ(*required_string(fields, "s"), "x");
    EXPECT_EQ(required_string(fields, "absent").error().message, "absent is required");
    EXPECT_EQ(required_string(fields, "n").error().message, "n is required");
    EXPECT_EQ(required_string(fields, "i").error().message, "i must be a string");
    EXPECT_EQ(*optional_string(fields, "absent"), std::nullopt);
    EXPECT_EQ(*optional_integer(fields, "i"), -3);
    EXPECT_EQ(*optional_integer(fields, "f"), 3);
    EXPECT_EQ(*optional_integer(fields, "n"), std::nullopt);
    EXPECT_EQ(optional_integer(fields, "h").error().message,
              "h must be an integer of at most 64 bits");
    EXPECT_EQ(*optional_bool(fields, "b"), true);
    EXPECT_EQ(optional_bool(fields, "s").error().message, "s must be true or false");
    EXPECT_EQ((*optional_array(fields, "a"))->size(), 1U);
    EXPECT_EQ(*optional_array(fields, "absent"), nullptr);
    EXPECT_EQ(optional_array(fields, "s").error().message, "s must be an array");
}

TEST(Fields, IntegersOutOfRangeAreRefused) {
    const auto fields = object(R"({"a":9223372036854775808,"b":1e300,"c":-9223372036854775808})");
    EXPECT_FALSE(optional_integer(fields, "a"));
    EXPECT_FALSE(optional_integer(fields, "b"));
    EXPECT_EQ(*optional_integer(fields, "c"), std::numeric_limits<std::int64_t>::min());
}

}  // namespace dsdash
