#include "http/message.hpp"

#include <gtest/gtest.h>

namespace dsdash::http {
namespace {

TEST(Headers, CompareNamesWithoutCase) {
    Headers headers;
    headers.add("X-Amz-Date", "1");
    headers.add("x-amz-date", "2");
    EXPECT_EQ(headers.find("X-AMZ-DATE"), "1");
    EXPECT_EQ(headers.count("x-Amz-Date"), 2U);
    EXPECT_EQ(headers.find("X-Amz-Dat"), std::nullopt);
}

TEST(Request, SplitsTheTargetAtTheFirstQuestionMark) {
    Request request;
    request.target = "/a/b?c=d?e";
    EXPECT_EQ(request.path(), "/a/b");
    EXPECT_EQ(request.query(), "c=d?e");
    request.target = "/a";
    EXPECT_EQ(request.path(), "/a");
    EXPECT_EQ(request.query(), "");
}

}  // namespace
}  // namespace dsdash::http
