#include "endpoint/dynamodb/projection.hpp"

#include <gtest/gtest.h>

namespace dsdash::endpoint::dynamodb {
namespace {

constexpr std::string_view kItem = R"({
    "a": {"S": "x"}, "b": {"N": "1"},
    "seq": {"L": [{"S": "0"}, {"M": {"p": {"S": "1p"}, "q": {"S": "1q"}}}, {"S": "2"}]},
    "obj": {"M": {"k": {"S": "v"}, "l": {"L": [{"S": "l0"}]}}}})";

Placeholders placeholders() {
    return Placeholders::read(
               parse_json_object(R"({"ExpressionAttributeNames":{"#a":"a"}})").value())
        .value();
}

std::string projected(std::string_view expression) {
    auto known = placeholders();
    const auto projection = parse_projection(expression, known);
    if (!projection) return projection.error().message;
    return json::serialize(project(*projection, parse_json_object(kItem).value()));
}

TEST(Projection, CutsAttributes) {
    EXPECT_EQ(projected("a"), R"({"a":{"S":"x"}})");
    EXPECT_EQ(projected("#a , b,gone"), R"({"a":{"S":"x"},"b":{"N":"1"}})");
    EXPECT_EQ(projected("gone.more"), "{}");
}

TEST(Projection, CutsMapsAndClosesListsUp) {
    EXPECT_EQ(projected("obj.k"), R"({"obj":{"M":{"k":{"S":"v"}}}})");
    EXPECT_EQ(projected("seq[2], seq[0]"), R"({"seq":{"L":[{"S":"0"},{"S":"2"}]}})");
    EXPECT_EQ(projected("seq[1].q, seq[9]"), R"({"seq":{"L":[{"M":{"q":{"S":"1q"}}}]}})");
    EXPECT_EQ(projected("obj.l[0],obj.k"),
              R"({"obj":{"M":{"k":{"S":"v"},"l":{"L":[{"S":"l0"}]}}}})");
    EXPECT_EQ(projected("obj[0], a.b, seq.x"), "{}");
}

TEST(Projection, RefusesPathsThatMeet) {
    EXPECT_EQ(projected("obj, obj.k"),
              "Two document paths overlap with each other; must remove or rewrite one of these "
              "paths; path one: [obj], path two: [obj, k]");
    EXPECT_EQ(projected("a, #a"),
              "Two document paths overlap with each other; must remove or rewrite one of these "
              "paths; path one: [a], path two: [a]");
    EXPECT_EQ(projected("obj.k, obj[0]"),
              "Two document paths conflict with each other; must remove or rewrite one of these "
              "paths; path one: [obj, k], path two: [obj, [0]]");
}

TEST(Projection, RefusesWhatIsNoListOfPaths) {
    EXPECT_EQ(projected("name"), "Attribute name is a reserved keyword; reserved keyword: name");
    EXPECT_EQ(projected(""), "The expression can not be empty;");
    for (const auto* bad : {",", "a,", ",a", "a b", ":v", "a = :v", "size(a)", "a[", "a[0", "a.",
                            "(a)", "*", "a[b]"}) {
        EXPECT_TRUE(projected(bad).starts_with("Syntax error; token: ")) << bad;
    }
}

}  // namespace
}  // namespace dsdash::endpoint::dynamodb
