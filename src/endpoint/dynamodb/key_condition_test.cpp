#include "endpoint/dynamodb/key_condition.hpp"

#include <gtest/gtest.h>

#include "endpoint/dynamodb/condition_parser.hpp"
#include "endpoint/dynamodb/date_range.hpp"

namespace dsdash::endpoint::dynamodb {
namespace {

constexpr KeySchema kKey{"h", "r"};

Result<KeyCondition> read(std::string_view expression) {
    auto placeholders = Placeholders::read(parse_json_object(R"({"ExpressionAttributeValues":
            {":h":{"S":"H"},":b":{"S":"b"},":d":{"S":"d"},":n":{"N":"1"}}})")
                                               .value())
                            .value();
    const auto condition = parse_condition(expression, placeholders);
    EXPECT_TRUE(condition) << expression;
    return read_key_condition(*condition, kKey);
}

/// Which of "a" to "e", "b\xff" and "bz" the condition on the sort key selects.
std::string selected(std::string_view expression) {
    const auto condition = read(expression);
    if (!condition) return condition.error().message;
    EXPECT_EQ(condition->hash, "H");
    std::string keys;
    for (const std::string_view key : {"a", "b", "b\xFF", "bz", "c", "d", "e"}) {
        if (condition->range.contains(key)) keys += key == "b\xFF" ? "B " : std::string(key) + " ";
    }
    return keys;
}

TEST(KeyCondition, SelectsSortKeys) {
    EXPECT_EQ(selected("h = :h"), "a b B bz c d e ");
    EXPECT_EQ(selected("h = :h AND r = :b"), "b ");
    EXPECT_EQ(selected("r < :d AND h = :h"), "a b B bz c ");
    EXPECT_EQ(selected("h = :h AND r <= :d"), "a b B bz c d ");
    EXPECT_EQ(selected("h = :h AND r > :d"), "e ");
    EXPECT_EQ(selected("(h = :h) AND (r >= :d)"), "d e ");
    EXPECT_EQ(selected("h = :h AND :d < r"), "e ");
    EXPECT_EQ(selected("h = :h AND :d >= r"), "a b B bz c d ");
    EXPECT_EQ(selected("h = :h AND r BETWEEN :b AND :d"), "b B bz c d ");
    EXPECT_EQ(selected("h = :h AND begins_with(r, :b)"), "b B bz ");
}

TEST(KeyCondition, RefusesWhatIsNone) {
    EXPECT_EQ(selected("r = :b"), "Query condition missed key schema element: h");
    EXPECT_EQ(selected("h = :h AND x = :b"), "Query condition missed key schema element: r");
    EXPECT_EQ(selected("h < :h"), "Query key condition not supported");
    EXPECT_EQ(selected("begins_with(h, :h)"), "Query key condition not supported");
    EXPECT_EQ(selected("h = :n"),
              "One or more parameter values were invalid: Condition parameter type does not match "
              "schema type");
    EXPECT_EQ(selected("h = :h AND h = :b"),
              "KeyConditionExpressions must only contain one condition per key");
    EXPECT_EQ(selected("h = :h AND r = :b AND x = :d"), "Conditions can be of length 1 or 2 only");
    EXPECT_EQ(selected("h = :h OR r = :b"), "Invalid operator used in KeyConditionExpression: OR");
    EXPECT_EQ(selected("h = :h AND NOT r = :b"),
              "Invalid operator used in KeyConditionExpression: NOT");
    EXPECT_EQ(selected("h = :h AND r <> :b"),
              "Invalid operator used in KeyConditionExpression: <>");
    EXPECT_EQ(selected("h IN (:h)"), "Invalid operator used in KeyConditionExpression: IN");
    EXPECT_EQ(selected("h = :h AND attribute_exists(r)"),
              "Invalid operator used in KeyConditionExpression: attribute_exists");
    EXPECT_EQ(selected("h = :h AND size(r) = :n"),
              "KeyConditionExpressions cannot contain nested operations");
    EXPECT_EQ(selected("h = r"),
              "Invalid condition in KeyConditionExpression: Multiple attribute names used in one "
              "condition");
    EXPECT_EQ(selected("h.x = :h"),
              "KeyConditionExpressions cannot have conditions on nested attributes");
    EXPECT_EQ(selected(":h = :b"),
              "Invalid condition in KeyConditionExpression: No key attribute specified");
    EXPECT_EQ(selected("h = :h AND :b BETWEEN r AND :d"),
              "Invalid condition in KeyConditionExpression: BETWEEN operator must have the key "
              "attribute as its first operand");
}

std::string dates(const SortRange& range) {
    const auto found = dates_in(range);
    if (!found) return "none";
    return format_extraction_date(found->first) + " - " + format_extraction_date(found->last);
}

TEST(DateRange, TakesAnyStringForABound) {
    EXPECT_EQ(dates({}), "0001-01-01 00:00:00.000000 - 9999-12-31 23:59:59.999999");
    EXPECT_EQ(dates({.low = "2026-11", .high = "2026-12", .high_is_in = false}),
              "2026-11-01 00:00:00.000000 - 2026-11-30 23:59:59.999999");
    EXPECT_EQ(dates({.low = "2026-11-23 10:00:00.000000", .high = "2026-11-23 10:00:00.000001"}),
              "2026-11-23 10:00:00.000000 - 2026-11-23 10:00:00.000001");
    EXPECT_EQ(dates({.low = "2026-11-23 10:00:00.000000",
                     .low_is_in = false,
                     .high = "2026-11-23 10:00:00.000003",
                     .high_is_in = false}),
              "2026-11-23 10:00:00.000001 - 2026-11-23 10:00:00.000002");
    EXPECT_EQ(dates({.low = "2026-11-31", .high = "2026-12-00"}), "none");
    EXPECT_EQ(dates({.low = "a", .high = std::nullopt}), "none");
    EXPECT_EQ(dates({.low = "", .high = ""}), "none");
    EXPECT_EQ(dates({.low = "5", .high = "1"}), "none");
}

TEST(DateRange, FindsASingleDateWithAndWithoutItsFraction) {
    const std::string whole = "2026-11-23 10:00:00.000000";
    EXPECT_EQ(dates({.low = whole, .high = whole}), whole + " - " + whole);
    EXPECT_EQ(dates({.low = "2026-11-23 10:00:00", .high = "2026-11-23 10:00:00"}),
              whole + " - " + whole);
    EXPECT_EQ(dates({.low = "2026-11-23", .high = "2026-11-23"}), "none");
}

}  // namespace
}  // namespace dsdash::endpoint::dynamodb
