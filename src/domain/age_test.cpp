#include "domain/age.hpp"

#include <gtest/gtest.h>

namespace dsdash {
namespace {

using namespace std::chrono_literals;

TEST(Age, IsGivenInTheLargestWholeUnit) {
    EXPECT_EQ(format_age(0us), "0 s");
    EXPECT_EQ(format_age(59'999'999us), "59 s");
    EXPECT_EQ(format_age(60s), "1 min");
    EXPECT_EQ(format_age(3599s), "59 min");
    EXPECT_EQ(format_age(1h), "1 h");
    EXPECT_EQ(format_age(47h), "1 d");
}

TEST(Age, OfTheFutureIsNothing) {
    EXPECT_EQ(format_age(-5s), "0 s");
}

}  // namespace
}  // namespace dsdash
