#include "items/metadata_value.hpp"

#include <gtest/gtest.h>

namespace dsdash::items {
namespace {

TEST(MetadataValue, KeepsNumbersDigitForDigit) {
    EXPECT_EQ(json::serialize(metadata_value(
                  R"({ "n" : 12345678901234567890.123456789 , "huge":1e400, "e": 1.50e2 })")),
              R"({"M":{"n":{"N":"12345678901234567890.123456789"},"huge":{"S":"1e400"},)"
              R"("e":{"N":"150"}}})");
}

TEST(MetadataValue, KnowsEveryKindOfJson) {
    constexpr std::string_view kText = R"({"a":"é\n","b":[true,false,null,{}],"c":{"d":[]}})";
    EXPECT_EQ(metadata_text(metadata_value(kText)).value(), kText);
    EXPECT_EQ(json::serialize(metadata_value("")), R"({"M":{}})");
}

TEST(MetadataValue, RefusesWhatJsonDoesNotHave) {
    for (const auto* text : {R"({"B":"AA=="})", R"({"SS":["a"]})", R"({"M":{"a":{"NS":["1"]}}})",
                             R"({"L":[{}]})", R"({"L":[{"S":"a","N":"1"}]})", R"({"M":[]})",
                             R"({"N":"1e400"})", R"({"N":1})", R"("a")", "[]", "{}"}) {
        const auto read = metadata_text(parse_json(text).value());
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().kind, ErrorKind::malformed_input);
    }
}

}  // namespace
}  // namespace dsdash::items
