#include <fmt/format.h>
#include <gtest/gtest.h>

#include "endpoint/dynamodb/condition_evaluator.hpp"
#include "endpoint/dynamodb/condition_parser.hpp"

namespace dsdash::endpoint::dynamodb {
namespace {

constexpr std::string_view kItem = R"({
    "a": {"S": "hello"}, "n": {"N": "5"}, "flag": {"BOOL": true}, "nothing": {"NULL": true},
    "bin": {"B": "AAEC"}, "tags": {"SS": ["x", "y"]}, "nums": {"NS": ["1", "2"]},
    "seq": {"L": [{"S": "zero"}, {"M": {"deep": {"N": "7"}}}]},
    "obj": {"M": {"k": {"S": "v"}, "with.dot": {"S": "d"}}}, "NAME": {"S": "reserved"}})";

constexpr std::string_view kPlaceholders = R"({
    "ExpressionAttributeNames": {"#n": "NAME", "#d": "with.dot"},
    "ExpressionAttributeValues": {
        ":s": {"S": "hello"}, ":h": {"S": "he"}, ":5": {"N": "5.0"}, ":6": {"N": "6"},
        ":t": {"BOOL": true}, ":x": {"S": "x"}, ":1": {"N": "1"}, ":7": {"N": "7"},
        ":v": {"S": "v"}, ":type": {"S": "SS"}, ":bad": {"S": "XX"}, ":r": {"S": "reserved"},
        ":b": {"B": "AAE="}, ":l": {"L": []}, ":zero": {"S": "zero"}, ":null": {"NULL": true}}})";

Placeholders placeholders() {
    return Placeholders::read(parse_json_object(kPlaceholders).value()).value();
}

bool met(std::string_view expression) {
    auto known = placeholders();
    const auto condition = parse_condition(expression, known);
    EXPECT_TRUE(condition) << expression << ": " << condition.error().message;
    return condition && is_met(*condition, parse_json_object(kItem).value());
}

std::string refusal(std::string_view expression) {
    auto known = placeholders();
    const auto condition = parse_condition(expression, known);
    EXPECT_FALSE(condition) << expression.substr(0, 100);
    return condition ? "" : condition.error().message;
}

TEST(Condition, ComparesStringsNumbersAndBinaries) {
    for (const auto* yes :
         {"a = :s", "a <> :h", "a > :h", "a >= :s", "n = :5", "n < :6", "n <= :5", ":6 > n",
          "bin > :b", "flag = :t", "nothing = :null", "n <> :s", "gone <> :s"}) {
        EXPECT_TRUE(met(yes)) << yes;
    }
    for (const auto* no : {"a = :h", "a < :h", "n > :5", "n < :s", "gone = :s", "gone < :6",
                           "flag < :t", "a = :5", "gone = elsewhere"}) {
        EXPECT_FALSE(met(no)) << no;
    }
}

TEST(Condition, KnowsBetweenAndIn) {
    EXPECT_TRUE(met("n BETWEEN :1 AND :6"));
    EXPECT_TRUE(met("n between :5 and :5"));
    EXPECT_FALSE(met("n BETWEEN :6 AND :7"));
    EXPECT_FALSE(met("gone BETWEEN :1 AND :6"));
    EXPECT_FALSE(met("a BETWEEN :1 AND :6"));
    EXPECT_TRUE(met("n IN (:1, :5)"));
    EXPECT_FALSE(met("n IN (:1)"));
    EXPECT_TRUE(met("a in (:1, seq[0], :s)"));
    EXPECT_FALSE(met("gone IN (:1)"));
}

TEST(Condition, KnowsTheFunctions) {
    for (const auto* yes :
         {"attribute_exists(a)", "attribute_not_exists(gone)", "attribute_exists(obj.k)",
          "attribute_type(tags, :type)", "begins_with(a, :h)", "begins_with(bin, :b)",
          "contains(a, :h)", "contains(tags, :x)", "contains(nums, :1)", "contains(seq, :zero)",
          "contains(bin, :b)", "size(a) = :5", "size(tags) < :5", "size(seq) < size(a)",
          "size(obj) > :1", ":1 < size(bin)"}) {
        EXPECT_TRUE(met(yes)) << yes;
    }
    for (const auto* no :
         {"attribute_exists(obj.x)", "attribute_not_exists(a)", "attribute_type(a, :type)",
          "attribute_type(gone, :type)", "begins_with(n, :h)", "begins_with(gone, :h)",
          "contains(n, :1)", "contains(tags, :1)", "contains(gone, :x)", "size(n) = :1",
          "size(gone) = :1", "contains(a, :1)"}) {
        EXPECT_FALSE(met(no)) << no;
    }
}

TEST(Condition, FollowsPathsIntoMapsAndLists) {
    EXPECT_TRUE(met("seq[1].deep = :7"));
    EXPECT_TRUE(met("obj.k = :v"));
    EXPECT_TRUE(met("attribute_exists(obj.#d)"));
    EXPECT_TRUE(met("#n = :r"));
    for (const auto* nowhere :
         {"seq[2]", "seq[999999]", "seq.deep", "obj[0]", "a.b", "a[0]", "seq[1].deep.more"}) {
        EXPECT_TRUE(met("attribute_not_exists(" + std::string(nowhere) + ")")) << nowhere;
    }
}

TEST(Condition, BindsNotThenAndThenOr) {
    EXPECT_TRUE(met("a = :s OR a = :h AND n = :6"));
    EXPECT_FALSE(met("(a = :s OR a = :h) AND n = :6"));
    EXPECT_FALSE(met("NOT a = :s AND n = :5"));
    EXPECT_TRUE(met("NOT (a = :s AND n = :6)"));
    EXPECT_TRUE(met("NOT NOT a = :s"));
    EXPECT_TRUE(met("not a = :h and not n = :6 or a = :h"));
}

TEST(Condition, PlacesSyntaxErrors) {
    EXPECT_EQ(refusal("a = "), R"(Syntax error; token: "<EOF>", near: "= ")");
    EXPECT_EQ(refusal("a b c"), R"(Syntax error; token: "b", near: "a b c")");
    EXPECT_EQ(refusal("a = :s)"), R"~(Syntax error; token: ")", near: ":s)")~");
    EXPECT_EQ(refusal("a ! :s"), R"(Syntax error; token: "!", near: "a !")");
    EXPECT_EQ(refusal(""), "The expression can not be empty;");
    for (const auto* bad : {"(",
                            ")",
                            "a",
                            ":s",
                            "a =",
                            "= a",
                            "a == :s",
                            "a = :s AND",
                            "AND a = :s",
                            "NOT",
                            "a BETWEEN :1",
                            "a BETWEEN :1 OR :6",
                            "a IN",
                            "a IN :1",
                            "a IN ()",
                            "a IN (:1",
                            "a IN (:1,)",
                            "contains(a",
                            "contains(a,)",
                            "seq[ = :1",
                            "seq[a] = :1",
                            "seq[-1] = :1",
                            "obj. = :1",
                            ".k = :1",
                            "obj..k = :1",
                            "# = :1",
                            ": = a",
                            "a = 5",
                            "a = 'x'",
                            "a = :s;",
                            "a = :s a = :s",
                            "\xFF = :s",
                            "a \xC3\xA9 :s",
                            "(a = :s",
                            "a = :s OR OR n = :5"}) {
        EXPECT_TRUE(refusal(bad).starts_with("Syntax error; token: ")) << bad;
    }
}

TEST(Condition, RefusesAnExpressionCutAtEveryByte) {
    const std::string whole = "(NOT (a = :s AND seq[1].deep IN (:1, :7)) OR begins_with(#n, :h))";
    EXPECT_FALSE(met(whole));
    auto known = placeholders();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(parse_condition(std::string_view(whole).substr(0, size), known)) << size;
    }
}

TEST(Condition, RefusesWhatDynamoDbRefuses) {
    EXPECT_EQ(refusal("((a = :s))"), "The expression has redundant parentheses;");
    EXPECT_EQ(refusal("name = :s"), "Attribute name is a reserved keyword; reserved keyword: name");
    EXPECT_EQ(refusal("#x = :s"),
              "An expression attribute name used in the document path is not defined; attribute "
              "name: #x");
    EXPECT_EQ(refusal("a = :unheard"),
              "An expression attribute value used in expression is not defined; attribute value: "
              ":unheard");
    EXPECT_EQ(refusal("likes(a)"), "Invalid function name; function: likes");
    EXPECT_EQ(refusal("CONTAINS(a, :s)"), "Invalid function name; function: CONTAINS");
    EXPECT_EQ(refusal("a = a"),
              "The first operand must be distinct from the remaining operands for this operator or "
              "function; operator: =, first operand: [a]");
    EXPECT_EQ(refusal("contains(obj.k, obj.k)"),
              "The first operand must be distinct from the remaining operands for this operator or "
              "function; operator: contains, first operand: [obj, k]");
    EXPECT_EQ(refusal("contains(a)"),
              "Incorrect number of operands for operator or function; operator or function: "
              "contains, number of operands: 1");
    EXPECT_EQ(refusal("attribute_exists(:s)"),
              "Operator or function requires a document path; operator or function: "
              "attribute_exists");
    EXPECT_EQ(refusal("begins_with(a, :1)"),
              "Incorrect operand type for operator or function; operator or function: begins_with, "
              "operand type: N");
    EXPECT_EQ(refusal("attribute_type(a, :bad)"),
              "Invalid attribute type name found; type: XX, valid types: "
              "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
    EXPECT_EQ(refusal("attribute_type(a, n)"),
              "Incorrect operand type for operator or function; operator or function: "
              "attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
    EXPECT_EQ(refusal("size(:1) = :1"),
              "Incorrect operand type for operator or function; operator or function: size, "
              "operand type: N");
    EXPECT_EQ(refusal("a BETWEEN :6 AND :1"),
              "The BETWEEN operator requires upper bound to be greater than or equal to lower "
              "bound; lower bound operand: AttributeValue: {N:6}, upper bound operand: "
              "AttributeValue: {N:1}");
    EXPECT_EQ(refusal("a BETWEEN :s AND :1"),
              "The BETWEEN operator requires same data type for lower and upper bounds; lower "
              "bound operand: AttributeValue: {S:hello}, upper bound operand: AttributeValue: "
              "{N:1}");
}

TEST(Condition, RefusesFunctionsWhereTheyDoNotBelong) {
    const std::string_view misused =
        "The function is not allowed to be used this way in an expression; function: ";
    EXPECT_EQ(refusal("size(a)"), std::string(misused) + "size");
    EXPECT_EQ(refusal("NOT size(a)"), std::string(misused) + "size");
    EXPECT_EQ(refusal("a = :s AND size(a)"), std::string(misused) + "size");
    EXPECT_EQ(refusal("contains(a, :s) = :t"), std::string(misused) + "contains");
    EXPECT_EQ(refusal("contains(attribute_exists(a), :s)"),
              std::string(misused) + "attribute_exists");
}

TEST(Condition, BoundsItsSize) {
    EXPECT_EQ(refusal("a = :s OR " + std::string(5'000, ' ')).substr(0, 62),
              "Expression size has exceeded the maximum allowed size; express");
    std::string operators = "a = :s";
    while (operators.size() < 4'000) operators += " OR a = :s";
    EXPECT_TRUE(refusal(operators).starts_with("The expression contains too many operators"));
    std::string in = "n IN (:1";
    for (int i = 0; i < 100; ++i) in += ",:1";
    EXPECT_EQ(refusal(in + ")"),
              "The IN operator is provided with too many operands; number of operands: 101");
    std::string path = "a";
    for (int i = 0; i < 32; ++i) path += "[0]";
    EXPECT_EQ(refusal(path + " = :s"),
              "The document path has too many nesting elements; nesting levels: 33");
    EXPECT_EQ(refusal("a[99999999999999999999] = :s"),
              "List index is not within the allowable range; index: [99999999999999999999]");
}

TEST(Condition, SurvivesDeepNesting) {
    for (const auto* part : {"(", "NOT ", "NOT(", "size(", "contains(", "a[", "a."}) {
        std::string bomb;
        while (bomb.size() + 10 < 4'096) bomb += part;
        EXPECT_FALSE(refusal(bomb).empty()) << part;
    }
    std::string nested = "a = :s";
    for (int i = 0; i < 400; ++i) nested = fmt::format("({} OR a = :h)", nested);
    EXPECT_FALSE(refusal(nested.substr(0, 4'096)).empty());
}

TEST(Placeholders, AreRefusedWhenTheyAreNone) {
    const auto refused = [](std::string_view input) {
        const auto read = Placeholders::read(parse_json_object(input).value());
        return read ? "" : read.error().message;
    };
    EXPECT_EQ(refused(R"({"ExpressionAttributeNames":{}})"),
              "ExpressionAttributeNames must not be empty");
    EXPECT_EQ(refused(R"({"ExpressionAttributeNames":{"n":"a"}})"),
              R"(ExpressionAttributeNames contains invalid key: Syntax error; key: "n")");
    EXPECT_EQ(refused(R"({"ExpressionAttributeValues":{":":{"S":"a"}}})"),
              R"(ExpressionAttributeValues contains invalid key: Syntax error; key: ":")");
    EXPECT_EQ(refused(R"({"ExpressionAttributeValues":{":v":{"N":"a"}}})"),
              "ExpressionAttributeValues contains invalid value: The parameter cannot be converted "
              "to a numeric value: a for key :v");
    EXPECT_FALSE(refused(R"({"ExpressionAttributeNames":{"#n":1}})").empty());
    EXPECT_FALSE(refused(R"({"ExpressionAttributeNames":[]})").empty());
}

TEST(Placeholders, TellWhichAreUnused) {
    auto known = placeholders();
    EXPECT_TRUE(parse_condition("#n = :s", known));
    EXPECT_EQ(known.check_all_used().error().message,
              "Value provided in ExpressionAttributeNames unused in expressions: keys: {#d}");
}

}  // namespace
}  // namespace dsdash::endpoint::dynamodb
