#include "http/http_date.hpp"

#include <gtest/gtest.h>

namespace dsdash::http {
namespace {

TEST(HttpDate, ReadsTheFormOfRfc9110) {
    const auto date = parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT");
    ASSERT_TRUE(date);
    EXPECT_EQ(format_iso8601(*date), "1994-11-06T08:49:37Z");
}

TEST(HttpDate, RefusesEverythingElse) {
    for (const auto* text : {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                             "Sun, 06 Nov 1994 08:49:37 GMT and more", "Sun, 06 Nov 1994 08:49:37",
                             "Sun, 06 Nov 1994 25:49:37 GMT"}) {
        EXPECT_FALSE(parse_http_date(text)) << text;
    }
}

}  // namespace
}  // namespace dsdash::http
