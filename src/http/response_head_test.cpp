#include "http/response_head.hpp"

#include <gtest/gtest.h>

namespace dsdash::http {
namespace {

TEST(ResponseHead, HoldsStatusDateFieldsAndLength) {
    Response response;
    response.headers.add("Content-Type", "text/plain");
    response.body = "hello";
    EXPECT_EQ(
        format_response_head(response, true, "D"),
        "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n");
}

TEST(ResponseHead, AnnouncesTheClose) {
    Response response;
    response.status = 400;
    EXPECT_EQ(format_response_head(response, false, "D"),
              "HTTP/1.1 400 Bad Request\r\nDate: D\r\nContent-Length: 0\r\nConnection: close\r\n"
              "\r\n");
}

TEST(ResponseHead, GivesNoLengthToAnAnswerWithoutBody) {
    Response response;
    response.status = 304;
    EXPECT_EQ(format_response_head(response, true, "D"),
              "HTTP/1.1 304 Not Modified\r\nDate: D\r\n\r\n");
}

TEST(ResponseHead, LetsNoValueForgeAField) {
    Response response;
    response.headers.add("X-A", "b\r\nSet-Cookie: c");
    EXPECT_NE(format_response_head(response, true, "D").find("X-A: b  Set-Cookie: c\r\n"),
              std::string::npos);
}

TEST(HttpDate, FollowsTheStandardsExample) {
    EXPECT_EQ(format_http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110, 5.6.7
    EXPECT_EQ(format_http_date(1709164800), "Thu, 29 Feb 2024 00:00:00 GMT");
}

}  // namespace
}  // namespace dsdash::http
