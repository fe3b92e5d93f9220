#include "http/response_reader.hpp"

#include <gtest/gtest.h>

namespace dsdash::http {
namespace {

using Progress = ResponseReader::Progress;

constexpr std::string_view kAnswer =
    "HTTP/1.1 100 Continue\r\n\r\n"
    "HTTP/1.1 404 NOT FOUND\r\nX-Amzn-ErrorType: E\r\nContent-Length: 5\r\n\r\nhello";

TEST(ResponseReader, ReadsTheSameWhereverTheBytesAreCut) {
    for (std::size_t cut = 1; cut < kAnswer.size(); ++cut) {
        ResponseReader reader(false);
        ASSERT_EQ(reader.append(kAnswer.substr(0, cut)), Progress::need_more) << cut;
        ASSERT_EQ(reader.append(kAnswer.substr(cut)), Progress::complete) << cut;
        EXPECT_TRUE(reader.keep_alive());
        const auto response = reader.take();
        EXPECT_EQ(response.status, 404);
        EXPECT_EQ(response.headers.find("x-amzn-errortype"), "E");
        EXPECT_EQ(response.body, "hello");
    }
}

TEST(ResponseReader, CallsAnAnswerThatWasCutMalformed) {
    for (std::size_t cut = 1; cut < kAnswer.size(); ++cut) {
        ResponseReader reader(false);
        ASSERT_EQ(reader.append(kAnswer.substr(0, cut)), Progress::need_more) << cut;
        EXPECT_EQ(reader.append_end(), Progress::malformed) << cut;
    }
}

TEST(ResponseReader, ReadsToTheEndWhereThereIsNoLength) {
    ResponseReader reader(false);
    ASSERT_EQ(reader.append("HTTP/1.0 200 OK\r\n\r\nall "), Progress::need_more);
    ASSERT_EQ(reader.append("of it"), Progress::need_more);
    ASSERT_EQ(reader.append_end(), Progress::complete);
    EXPECT_FALSE(reader.keep_alive());
    EXPECT_EQ(reader.take().body, "all of it");
}

TEST(ResponseReader, ExpectsNoBodyAfterHead) {
    ResponseReader reader(true);
    ASSERT_EQ(reader.append("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), Progress::complete);
    EXPECT_EQ(reader.take().body, "");
}

TEST(ResponseReader, TrustsNoConnectionThatSaysMoreThanItWasAsked) {
    ResponseReader reader(false);
    ASSERT_EQ(reader.append("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na HTTP/1.1 200 OK\r\n"),
              Progress::complete);
    EXPECT_FALSE(reader.keep_alive());
}

TEST(ResponseReader, RefusesWhatIsNotHttp) {
    for (const auto* text :
         {"SSH-2.0-OpenSSH\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nA b\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"}) {
        ResponseReader reader(false);
        EXPECT_EQ(reader.append(text), Progress::malformed) << text;
    }
    ResponseReader endless(false);
    ASSERT_EQ(endless.append("HTTP/1.1 200 OK\r\nA: "), Progress::need_more);
    EXPECT_EQ(endless.append(std::string(65 * 1024, 'x')), Progress::malformed);
}

}  // namespace
}  // namespace dsdash::http
