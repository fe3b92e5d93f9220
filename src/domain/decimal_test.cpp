#include "domain/decimal.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace dsdash {

namespace {

std::string canonical(std::string_view text) {
    const auto decimal = Decimal::parse(text);
    return decimal ? decimal->to_string() : "refused: " + decimal.error().message;
}

Decimal decimal(std::string_view text) {
    return *Decimal::parse(text);
}

}  // namespace

TEST(Decimal, CanonicalFormIsWhatDynamoDbReturns) {
    EXPECT_EQ(canonical("0010.500"), "10.5");
    EXPECT_EQ(canonical("3"), "3");
    EXPECT_EQ(canonical("+3"), "3");
    EXPECT_EQ(canonical("-0.50"), "-0.5");
    EXPECT_EQ(canonical("1e3"), "1000");
    EXPECT_EQ(canonical("1E+3"), "1000");
    EXPECT_EQ(canonical("125e-2"), "1.25");
    EXPECT_EQ(canonical("125e-5"), "0.00125");
    EXPECT_EQ(canonical(".5"), "0.5");
    EXPECT_EQ(canonical("5."), "5");
    EXPECT_EQ(canonical("100"), "100");
}

TEST(Decimal, EveryZeroIsZero) {
    for (const auto* text : {"0", "-0", "0.000", "0e99999999999999999999", "-0.0E-7", "000"}) {
        EXPECT_EQ(canonical(text), "0") << text;
        EXPECT_EQ(decimal(text), Decimal{}) << text;
    }
}

TEST(Decimal, RefusesWhatIsNoNumber) {
    for (const auto* text : {"", " ", " 1", "1 ", "NaN", "Infinity", "-", "+", ".", "e5", "1e",
                             "1e+", "1.2.3", "--1", "0x10", "1,5", "１", "1e5.5", "1_000"}) {
        EXPECT_EQ(canonical(text), "refused: not a decimal number") << text;
    }
    EXPECT_FALSE(Decimal::parse(std::string_view("1\0", 2)));
}

TEST(Decimal, KeepsThirtyEightDigits) {
    const std::string digits = "12345678901234567890123456789012345678";
    EXPECT_EQ(canonical(digits), digits);
    EXPECT_EQ(canonical("000" + digits + "000e-3"), digits);
    EXPECT_EQ(canonical("0." + digits), "0." + digits);
    EXPECT_EQ(canonical(digits + "9"), "refused: a number may have at most 38 significant digits");
    EXPECT_EQ(canonical("1" + std::string(37, '0') + "1"),
              "refused: a number may have at most 38 significant digits");
}

TEST(Decimal, MagnitudeEndsWhereDynamoDbEnds) {
    const std::string largest = "9.9999999999999999999999999999999999999E+125";
    EXPECT_EQ(canonical(largest), std::string(38, '9') + std::string(88, '0'));
    EXPECT_EQ(canonical("-" + largest), "-" + std::string(38, '9') + std::string(88, '0'));
    EXPECT_TRUE(canonical("1E126").starts_with("refused: a number's magnitude may be at most"));
    EXPECT_TRUE(canonical("-1e99999999999999999999").starts_with("refused: a number's magnitude"));
    EXPECT_EQ(canonical("1E-130"), "0." + std::string(129, '0') + "1");
    EXPECT_EQ(canonical("0." + std::string(129, '0') + "1"), canonical("1E-130"));
    EXPECT_TRUE(canonical("1E-131").contains("must be at least 1E-130"));
    EXPECT_TRUE(canonical("9.9E-131").contains("must be at least 1E-130"));
    EXPECT_TRUE(canonical("1e-99999999999999999999").contains("must be at least 1E-130"));
}

TEST(Decimal, TakesIntegersToTheEndsOfTheirRange) {
    EXPECT_EQ(Decimal(0), Decimal{});
    EXPECT_EQ(Decimal(-1500).to_string(), "-1500");
    EXPECT_EQ(Decimal(std::numeric_limits<std::int64_t>::max()).to_string(), "9223372036854775807");
    EXPECT_EQ(Decimal(std::numeric_limits<std::int64_t>::min()).to_string(),
              "-9223372036854775808");
}

TEST(Decimal, ReadsBackWhatItWrites) {
    for (const auto* text : {"0", "-1.5", "1E-130", "9.9999999999999999999999999999999999999E+125",
                             "120", "0.00012"}) {
        EXPECT_EQ(decimal(decimal(text).to_string()), decimal(text)) << text;
    }
}

TEST(Decimal, EqualValuesAreEqualHoweverWritten) {
    EXPECT_EQ(decimal("300"), decimal("3.0e2"));
    EXPECT_NE(decimal("300"), decimal("-300"));
    EXPECT_NE(decimal("300"), decimal("30"));
}

TEST(Decimal, ComparesByValue) {
    const std::vector<std::string> ascending{"-1e10", "-10",  "-9.5", "-1",  "-0.1",
                                             "-1e-5", "0",    "1e-5", "0.1", "0.12",
                                             "1",     "1.05", "9.5",  "10",  "1e10"};
    for (std::size_t i = 0; i < ascending.size(); ++i) {
        for (std::size_t j = 0; j < ascending.size(); ++j) {
            const int expected = i < j ? -1 : i > j ? 1 : 0;
            EXPECT_EQ(compare(decimal(ascending[i]), decimal(ascending[j])), expected)
                << ascending[i] << " and " << ascending[j];
        }
    }
}

TEST(Decimal, NearestDoubleIsFoundOnlyOnDemand) {
    EXPECT_EQ(decimal("0.1").to_double(), 0.1);
    EXPECT_EQ(decimal("-12.5").to_double(), -12.5);
    EXPECT_EQ(decimal("1e125").to_double(), 1e125);
    EXPECT_EQ(Decimal{}.to_double(), 0.0);
}

TEST(Decimal, AgreesWithDoublesOnRandomIntegersAndOrders) {
    std::mt19937 random(7);
    std::uniform_int_distribution<std::int64_t> any(-1'000'000, 1'000'000);
    for (int i = 0; i < 20'000; ++i) {
        const auto a = any(random);
        const auto b = any(random);
        EXPECT_EQ(compare(Decimal(a), Decimal(b)), a < b ? -1 : a > b ? 1 : 0);
        EXPECT_EQ(decimal(std::to_string(a)), Decimal(a));
    }
}

TEST(Decimal, SurvivesAHugeText) {
    const std::string zeros(1'000'000, '0');
    EXPECT_EQ(canonical(zeros + "1"), "1");
    EXPECT_EQ(canonical("1" + zeros + "e-1000000"), "1");
    EXPECT_EQ(canonical("0." + zeros + "1e1000001"), "1");
    EXPECT_TRUE(canonical(std::string(1'000'000, '9')).starts_with("refused"));
}

}  // namespace dsdash
