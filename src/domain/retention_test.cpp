#include "domain/retention.hpp"

#include <gtest/gtest.h>

namespace dsdash {
namespace {

TEST(RetentionDays, AreWholeDaysUpToACentury) {
    EXPECT_EQ(parse_retention_days("1"), std::chrono::days(1));
    EXPECT_EQ(parse_retention_days("36500"), std::chrono::days(36'500));
}

TEST(RetentionDays, RefuseAnythingElseAndNameTheLimit) {
    for (const auto* text : {"", "0", "-1", "+1", " 1", "1.5", "30 days", "36501", "99999999999"}) {
        const auto days = parse_retention_days(text);
        ASSERT_FALSE(days) << text;
        EXPECT_EQ(days.error().kind, ErrorKind::malformed_input);
        EXPECT_NE(days.error().message.find("from 1 to 36500"), std::string::npos);
    }
}

}  // namespace
}  // namespace dsdash
