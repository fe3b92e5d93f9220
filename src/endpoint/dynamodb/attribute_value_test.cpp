#include "endpoint/dynamodb/attribute_value.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace dsdash::endpoint::dynamodb {
namespace {

json::value parse(std::string_view text) {
    return parse_json(text).value();
}

std::string read(std::string_view text) {
    const auto value = read_value(parse(text));
    return value ? json::serialize(*value) : value.error().message;
}

TEST(AttributeValue, KeepsEveryType) {
    for (const auto* text :
         {R"({"S":"é"})", R"({"S":""})", R"({"N":"-1.5"})", R"({"B":"AAE="})", R"({"BOOL":false})",
          R"({"NULL":true})", R"({"SS":["b","a"]})", R"({"NS":["1","2"]})", R"({"BS":["AA=="]})",
          R"({"L":[{"S":"x"},{"L":[]}]})", R"({"M":{"a":{"M":{}}}})"}) {
        EXPECT_EQ(read(text), text);
    }
}

TEST(AttributeValue, BringsNumbersIntoCanonicalForm) {
    EXPECT_EQ(read(R"({"N":"0010.500"})"), R"({"N":"10.5"})");
    EXPECT_EQ(read(R"({"N":"-0"})"), R"({"N":"0"})");
    EXPECT_EQ(read(R"({"N":"1e3"})"), R"({"N":"1000"})");
    EXPECT_EQ(read(R"({"L":[{"M":{"n":{"N":"1.0"}}}]})"), R"({"L":[{"M":{"n":{"N":"1"}}}]})");
}

TEST(AttributeValue, RefusesNumbersInDynamoDbsWords) {
    const auto number = [](std::string_view text) {
        return read(json::serialize(json::object{{"N", text}}));
    };
    EXPECT_EQ(number(""), "The parameter cannot be converted to a numeric value");
    EXPECT_EQ(number("a"), "The parameter cannot be converted to a numeric value: a");
    EXPECT_EQ(number("NaN"), "The parameter cannot be converted to a numeric value: NaN");
    EXPECT_EQ(number("1 "), "The parameter cannot be converted to a numeric value: 1 ");
    EXPECT_EQ(number("1e"), "The parameter cannot be converted to a numeric value: 1e");
    EXPECT_EQ(number("123456789012345678901234567890123456789"),
              "Attempting to store more than 38 significant digits in a Number");
    EXPECT_EQ(number("1e126"),
              "Number overflow. Attempting to store a number with magnitude larger "
              "than supported range");
    EXPECT_EQ(number("-1e-131"),
              "Number underflow. Attempting to store a number with magnitude "
              "smaller than supported range");
    EXPECT_EQ(number("0." + std::string(140, '0') + "1"),
              "Number underflow. Attempting to store a number with magnitude smaller than "
              "supported range");
    EXPECT_EQ(number("1" + std::string(140, '0')),
              "Number overflow. Attempting to store a number with magnitude larger than supported "
              "range");
}

TEST(AttributeValue, RefusesValuesOfNoneOrTwoTypes) {
    EXPECT_EQ(read("{}"),
              "Supplied AttributeValue is empty, must contain exactly one of the supported "
              "datatypes");
    EXPECT_EQ(read(R"({"X":"a"})"),
              "Supplied AttributeValue is empty, must contain exactly one of the supported "
              "datatypes");
    EXPECT_EQ(
        read(R"({"S":"a","N":"1"})"),
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of "
        "the supported datatypes");
}

TEST(AttributeValue, RefusesEmptySetsAndDuplicates) {
    EXPECT_EQ(read(R"({"SS":[]})"),
              "One or more parameter values were invalid: An string set  may not be empty");
    EXPECT_EQ(read(R"({"SS":["a","a"]})"),
              "One or more parameter values were invalid: Input collection [a, a] contains "
              "duplicates.");
    EXPECT_EQ(read(R"({"NS":["1","1.0"]})"),
              "One or more parameter values were invalid: Input collection [1, 1] contains "
              "duplicates.");
}

TEST(AttributeValue, RefusesJsonOfAnotherShape) {
    for (const auto* text :
         {R"({"S":1})", R"({"N":1})", R"({"N":1.5})", R"({"BOOL":"true"})", R"({"L":{}})",
          R"({"M":[]})", R"({"SS":"a"})", R"({"SS":[1]})", R"({"B":"a"})", R"({"B":"===="})", "1",
          "[]", "null", R"({"S":null})", R"({"L":[1]})", R"({"M":{"a":"b"}})"}) {
        const auto value = read_value(parse(text));
        ASSERT_FALSE(value) << text;
        EXPECT_EQ(value.error().code, "SerializationException") << text;
    }
}

TEST(AttributeValue, RefusesANullThatIsFalse) {
    EXPECT_EQ(read(R"({"NULL":false})"),
              "One or more parameter values were invalid: Null attribute value types must have the "
              "value of true");
}

TEST(AttributeValue, AcceptsThirtyTwoLevelsAndNoMore) {
    const auto nested = [](int levels) {
        std::string text = R"({"S":"x"})";
        for (int level = 1; level < levels; ++level) text = fmt::format(R"({{"L":[{}]}})", text);
        return read(text);
    };
    EXPECT_TRUE(nested(32).starts_with("{"));
    EXPECT_EQ(nested(33),
              "One or more parameter values were invalid: Nesting Levels have exceeded supported "
              "limits");
    EXPECT_FALSE(nested(400).starts_with("{"));
}

TEST(AttributeValue, ComparesSetsWithoutOrderAndListsWithIt) {
    EXPECT_TRUE(equal(parse(R"({"SS":["a","b"]})"), parse(R"({"SS":["b","a"]})")));
    EXPECT_FALSE(
        equal(parse(R"({"L":[{"S":"a"},{"S":"b"}]})"), parse(R"({"L":[{"S":"b"},{"S":"a"}]})")));
    EXPECT_TRUE(equal(parse(R"({"M":{"a":{"N":"1"},"b":{"S":""}}})"),
                      parse(R"({"M":{"b":{"S":""},"a":{"N":"1"}}})")));
    EXPECT_FALSE(equal(parse(R"({"S":"1"})"), parse(R"({"N":"1"})")));
}

TEST(AttributeValue, OrdersNumbersByValueAndTextByBytes) {
    EXPECT_TRUE(compare_values(parse(R"({"N":"9"})"), parse(R"({"N":"10"})")) < 0);
    EXPECT_TRUE(compare_values(parse(R"({"N":"-9"})"), parse(R"({"N":"-10"})")) > 0);
    EXPECT_TRUE(compare_values(parse(R"({"S":"9"})"), parse(R"({"S":"10"})")) > 0);
    EXPECT_TRUE(compare_values(parse(R"({"S":"z"})"), parse(R"({"S":"é"})")) < 0);
    EXPECT_TRUE(compare_values(parse(R"({"B":"/w=="})"), parse(R"({"B":"AA=="})")) > 0);
    EXPECT_EQ(compare_values(parse(R"({"BOOL":true})"), parse(R"({"BOOL":true})")),
              std::partial_ordering::unordered);
    EXPECT_EQ(compare_values(parse(R"({"S":"1"})"), parse(R"({"N":"1"})")),
              std::partial_ordering::unordered);
}

TEST(AttributeValue, CountsBytesAsDynamoDbDoes) {
    EXPECT_EQ(size_bytes(parse(R"({"S":"é"})")), 2U);
    EXPECT_EQ(size_bytes(parse(R"({"N":"12345"})")), 4U);
    EXPECT_EQ(size_bytes(parse(R"({"B":"AAE="})")), 2U);
    EXPECT_EQ(size_bytes(parse(R"({"L":[{"S":"ab"}]})")), 6U);
    EXPECT_EQ(item_size_bytes(parse(R"({"name":{"S":"ab"},"b":{"BOOL":true}})").get_object()), 8U);
}

}  // namespace
}  // namespace dsdash::endpoint::dynamodb
