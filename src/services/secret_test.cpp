#include "services/secret.hpp"

#include <gtest/gtest.h>

#include <set>

namespace dsdash {
namespace {

TEST(Secret, HasSixtyFourDigitsAndNeverComesTwice) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto secret = new_secret();
        EXPECT_EQ(secret.size(), 64U);
        EXPECT_EQ(secret.find_first_not_of("0123456789abcdef"), std::string::npos);
        EXPECT_TRUE(seen.insert(secret).second);
    }
}

}  // namespace
}  // namespace dsdash
