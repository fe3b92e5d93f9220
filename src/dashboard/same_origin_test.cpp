#include "dashboard/same_origin.hpp"

#include <gtest/gtest.h>

namespace dsdash::dashboard {
namespace {

http::Request from(std::string_view origin, std::string_view site = "") {
    http::Request request;
    request.method = "POST";
    request.headers.add("Host", "127.0.0.1:8080");
    if (!origin.empty()) request.headers.add("Origin", std::string(origin));
    if (!site.empty()) request.headers.add("Sec-Fetch-Site", std::string(site));
    return request;
}

TEST(SameOrigin, IsOurPageOrNoPage) {
    EXPECT_TRUE(is_same_origin(from("http://127.0.0.1:8080")));
    EXPECT_TRUE(is_same_origin(from("https://127.0.0.1:8080")));
    EXPECT_TRUE(is_same_origin(from("http://127.0.0.1:8080", "same-origin")));
    EXPECT_TRUE(is_same_origin(from("")));
    EXPECT_TRUE(is_same_origin(from("", "none")));
}

TEST(SameOrigin, IsNoOtherHostPortOrForm) {
    for (const char* origin : {"http://127.0.0.1:8081", "http://127.0.0.1", "http://evil.example",
                               "null", "127.0.0.1:8080", "http://evil.example/127.0.0.1:8080",
                               "http://127.0.0.1:8080@evil.example", "//", "%"}) {
        EXPECT_FALSE(is_same_origin(from(origin))) << origin;
    }
}

TEST(SameOrigin, BelievesTheBrowserThatSaysOtherwise) {
    EXPECT_FALSE(is_same_origin(from("", "cross-site")));
    EXPECT_FALSE(is_same_origin(from("", "same-site")));
    EXPECT_FALSE(is_same_origin(from("http://127.0.0.1:8080", "cross-site")));
}

TEST(SameOrigin, NeedsAHostToCompareWith) {
    http::Request request;
    request.headers.add("Origin", "http://127.0.0.1:8080");
    EXPECT_FALSE(is_same_origin(request));
}

}  // namespace
}  // namespace dsdash::dashboard
