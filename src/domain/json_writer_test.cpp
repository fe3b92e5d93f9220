#include "domain/json_writer.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace dsdash {
namespace {

TEST(JsonWriter, PutsCommasBetweenMembersAndElements) {
    JsonWriter writer;
    writer.open_object().key("a").integer(-1).key("b").open_array();
    writer.text("x").null().open_object().close_object().open_array().close_array().close_array();
    writer.key("c").number(0.5).close_object();
    EXPECT_EQ(writer.take(), R"({"a":-1,"b":["x",null,{},[]],"c":0.5})");
}

TEST(JsonWriter, EscapesTexts) {
    JsonWriter writer;
    EXPECT_EQ(writer.text("\"\\\n\x01").take(), R"("\"\\\n\u0001")");
}

TEST(JsonWriter, WritesDoublesSoThatTheyAreReadBackTheSame) {
    JsonWriter writer;
    writer.open_array();
    writer.number(0.1).number(42).number(std::numeric_limits<double>::lowest());
    writer.number(std::numeric_limits<double>::denorm_min()).close_array();
    EXPECT_EQ(writer.take(), "[0.1,42,-1.7976931348623157e+308,5e-324]");
}

TEST(JsonWriter, WritesNullForWhatIsNoNumber) {
    JsonWriter writer;
    writer.open_array().number(std::numeric_limits<double>::infinity());
    writer.number(std::numeric_limits<double>::quiet_NaN()).close_array();
    EXPECT_EQ(writer.take(), "[null,null]");
}

TEST(JsonWriter, StartsAnewAfterItsTextWasTaken) {
    JsonWriter writer;
    EXPECT_EQ(writer.integer(1).take(), "1");
    EXPECT_EQ(writer.integer(2).take(), "2");
}

}  // namespace
}  // namespace dsdash
