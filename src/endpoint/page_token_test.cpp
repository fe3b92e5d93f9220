#include "endpoint/page_token.hpp"

#include <gtest/gtest.h>

namespace dsdash::endpoint {
namespace {

TEST(PageToken, BringsThePositionBack) {
    for (std::string_view position : {"a", "/p/\xc3\xa4", "1700000000000000:train-1"}) {
        EXPECT_EQ(read_page_token("List", make_page_token("List", position)).value(), position);
    }
}

TEST(PageToken, DoesNotShowThePosition) {
    EXPECT_EQ(make_page_token("List", "secret-name").find("secret"), std::string::npos);
}

TEST(PageToken, IsGoodForItsListOnly) {
    EXPECT_FALSE(read_page_token("List /b", make_page_token("List /a", "x")));
    EXPECT_FALSE(read_page_token("Lis", make_page_token("List", "x")));
}

TEST(PageToken, IsRefusedWhenCutAnywhere) {
    const std::string token = make_page_token("List", "/p/9");
    for (std::size_t size = 0; size < token.size(); ++size) {
        EXPECT_FALSE(read_page_token("List", token.substr(0, size))) << size;
    }
    EXPECT_FALSE(read_page_token("List", token + "0"));
    EXPECT_FALSE(read_page_token("List", token + "00"));
}

TEST(PageToken, IsRefusedWhenChangedAnywhere) {
    const std::string token = make_page_token("List", "/p/9");
    for (std::size_t at = 0; at < token.size(); ++at) {
        for (char c : {'0', '1', 'A', 'g', '\0', '+', '-', ' '}) {
            std::string changed = token;
            changed[at] = c;
            if (changed != token) {
                EXPECT_FALSE(read_page_token("List", changed)) << at;
            }
        }
    }
}

}  // namespace
}  // namespace dsdash::endpoint
