#include <gtest/gtest.h>

#include "domain/pattern/matching_test.hpp"
#include "domain/pattern/number.hpp"

namespace dsdash::pattern {

namespace {

bool numeric(std::string_view terms, std::string_view value) {
    return takes(R"({"numeric":[)" + std::string(terms) + "]}", value);
}

std::string numeric_refusal(std::string_view terms) {
    return expression_refusal(R"({"numeric":[)" + std::string(terms) + "]}");
}

}  // namespace

TEST(NumericPattern, BoundsAreInOrOut) {
    EXPECT_TRUE(numeric(R"(">",0,"<=",5)", "5"));
    EXPECT_TRUE(numeric(R"(">",0,"<=",5)", "1e-300"));
    EXPECT_FALSE(numeric(R"(">",0,"<=",5)", "0"));
    EXPECT_FALSE(numeric(R"(">",0,"<=",5)", "5.0000001"));
    EXPECT_TRUE(numeric(R"(">=",-1.5)", "-1.5"));
    EXPECT_FALSE(numeric(R"(">",-1.5)", "-1.5"));
    EXPECT_TRUE(numeric(R"("<",10)", "-1e308"));
    EXPECT_FALSE(numeric(R"("<",10)", "10"));
    EXPECT_TRUE(numeric(R"("<=",10)", "10"));
    EXPECT_TRUE(numeric(R"("=",3.018e2)", "301.8"));
}

TEST(NumericPattern, OnlyNumbersAreNumbers) {
    for (const auto* value : {"\"5\"", "true", "null", "{}", "[]", "[\"5\"]"}) {
        EXPECT_FALSE(numeric(R"(">=",0)", value)) << value;
    }
    EXPECT_TRUE(numeric(R"(">=",0)", "[\"x\",5]"));
}

TEST(NumericPattern, NumbersThatNoDoubleEqualsAreNotCompared) {
    EXPECT_FALSE(numeric(R"(">",0)", "12345678901234567891"));
    EXPECT_TRUE(numeric(R"(">",0)", "9007199254740992"));
    EXPECT_FALSE(numeric(R"(">",0)", "1e400"));
    EXPECT_EQ(numeric_refusal(R"(">",1e400)"), "Cannot compare number : 1e400");
    EXPECT_EQ(numeric_refusal(R"("<",0.12345678901234567890)"),
              "Cannot compare number : 0.12345678901234567890");
}

TEST(NumericPattern, RefusesWhatIsNoRange) {
    EXPECT_EQ(expression_refusal(R"({"numeric":5})"), "Value of numeric must be an array.");
    EXPECT_EQ(numeric_refusal(""), "Invalid member in numeric match");
    EXPECT_EQ(numeric_refusal("5"), "Invalid member in numeric match");
    EXPECT_EQ(numeric_refusal(R"("<")"), "Value of < must be numeric");
    EXPECT_EQ(numeric_refusal(R"(">","5")"), "Value of > must be numeric");
    EXPECT_EQ(numeric_refusal(R"("=",5,"=",6)"), "Too many elements in numeric expression");
    EXPECT_EQ(numeric_refusal(R"("<",5,">",1)"), "Too many elements in numeric expression");
    EXPECT_EQ(numeric_refusal(R"(">",1,5)"), "Bad value in numeric range: 5");
    EXPECT_EQ(numeric_refusal(R"(">",1,"=",5)"), "Bad numeric range operator: =");
    EXPECT_EQ(numeric_refusal(R"(">",1,"<")"), "Value of < must be numeric");
    EXPECT_EQ(numeric_refusal(R"(">",1,"<",5,"<")"), "Too many elements in numeric expression");
    EXPECT_EQ(numeric_refusal(R"(">=",5,"<=",5)"), "Bottom must be less than top");
    EXPECT_EQ(numeric_refusal(R"("~",5)"), "Unrecognized numeric range operator: ~");
}

TEST(ComparableDouble, IsThereWhileTheShortestFormIsTheSameNumber) {
    EXPECT_EQ(comparable_double("0.1"), 0.1);
    EXPECT_EQ(comparable_double("1.00e-3"), 0.001);
    EXPECT_EQ(comparable_double("0.30000000000000004"), 0.30000000000000004);
    EXPECT_EQ(comparable_double("0.300000000000000041"), std::nullopt);
    EXPECT_EQ(comparable_double("12345678901234567"), std::nullopt);
    EXPECT_EQ(comparable_double("1e-400"), std::nullopt);
    EXPECT_EQ(comparable_double("1e309"), std::nullopt);
    EXPECT_EQ(comparable_double("5e-324"), 5e-324);
}

}  // namespace dsdash::pattern
