#include "domain/account_id.hpp"

#include <gtest/gtest.h>

namespace dsdash {

TEST(AccountId, TakesTwelveDigits) {
    EXPECT_EQ(AccountId::parse("012345678901")->text(), "012345678901");
}

TEST(AccountId, RefusesEverythingElse) {
    for (const auto* text : {"", "11111111111", "1111111111111", "11111111111a", "11111111111 ",
                             "１１１１", "-11111111111"}) {
        EXPECT_EQ(AccountId::parse(text).error().kind, ErrorKind::malformed_input) << text;
    }
}

TEST(Region, TakesLowerCaseDigitsAndHyphens) {
    EXPECT_EQ(Region::parse("eu-west-1")->text(), "eu-west-1");
    EXPECT_TRUE(Region::parse(std::string(32, 'a')));
}

TEST(Region, RefusesEverythingElse) {
    for (const auto& text : {std::string(), std::string("EU-west-1"), std::string("eu_west"),
                             std::string("eu-west-1\n"), std::string(33, 'a')}) {
        EXPECT_EQ(Region::parse(text).error().kind, ErrorKind::malformed_input) << text;
    }
}

}  // namespace dsdash
