#include "http/request_reader.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace dsdash::http {
namespace {

using namespace std::string_literals;

using Progress = RequestReader::Progress;

constexpr ReadLimits kLimits{.header_bytes_max = 512, .body_bytes_max = 100};

Progress feed(RequestReader& reader, std::string_view bytes) {
    reader.append(bytes);
    return reader.advance();
}

/// The status that refuses `text`; 0 when it is accepted or wanting.
int refusal_of(std::string_view text) {
    RequestReader reader(kLimits);
    return feed(reader, text) == Progress::refused ? reader.refusal().status : 0;
}

constexpr std::string_view kPost =
    "POST /a?b=c HTTP/1.1\r\nHost: h\r\nX-One:  two \r\nContent-Length: 5\r\n\r\nhello";

TEST(RequestReader, ReadsMethodTargetFieldsAndBody) {
    RequestReader reader(kLimits);
    ASSERT_EQ(feed(reader, kPost), Progress::complete);
    const auto [request, keep_alive] = reader.take();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path(), "/a");
    EXPECT_EQ(request.query(), "b=c");
    EXPECT_EQ(request.headers.find("x-one"), "two");
    EXPECT_EQ(request.body, "hello");
    EXPECT_TRUE(keep_alive);
    EXPECT_FALSE(reader.in_request());
}

TEST(RequestReader, ReadsTheSameWhereverTheBytesAreCut) {
    for (std::size_t cut = 0; cut < kPost.size(); ++cut) {
        RequestReader reader(kLimits);
        ASSERT_EQ(feed(reader, kPost.substr(0, cut)), Progress::need_more) << cut;
        ASSERT_EQ(feed(reader, kPost.substr(cut)), Progress::complete) << cut;
        EXPECT_EQ(reader.take().request.body, "hello") << cut;
    }
}

TEST(RequestReader, ReadsByteByByte) {
    RequestReader reader(kLimits);
    for (std::size_t i = 0; i + 1 < kPost.size(); ++i) {
        ASSERT_EQ(feed(reader, kPost.substr(i, 1)), Progress::need_more) << i;
    }
    ASSERT_EQ(feed(reader, kPost.substr(kPost.size() - 1)), Progress::complete);
    EXPECT_EQ(reader.take().request.headers.fields().size(), 3U);
}

TEST(RequestReader, KeepsPipelinedRequestsApart) {
    RequestReader reader(kLimits);
    reader.append(std::string(kPost) + "\r\n" + "GET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_EQ(reader.advance(), Progress::complete);
    EXPECT_EQ(reader.take().request.body, "hello");
    EXPECT_TRUE(reader.in_request());
    ASSERT_EQ(reader.advance(), Progress::complete);
    const auto second = reader.take().request;
    EXPECT_EQ(second.target, "/2");
    EXPECT_EQ(second.body, "");
    EXPECT_EQ(reader.advance(), Progress::need_more);
}

TEST(RequestReader, ReadsChunkedBodiesAndDropsTrailers) {
    constexpr std::string_view kChunked =
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nAuthorization: forged\r\n\r\n";
    for (std::size_t cut = 0; cut < kChunked.size(); ++cut) {
        RequestReader reader(kLimits);
        ASSERT_EQ(feed(reader, kChunked.substr(0, cut)), Progress::need_more) << cut;
        ASSERT_EQ(feed(reader, kChunked.substr(cut)), Progress::complete) << cut;
        const auto request = reader.take().request;
        EXPECT_EQ(request.body, "abcde") << cut;
        EXPECT_FALSE(request.headers.find("Authorization")) << cut;
    }
}

TEST(RequestReader, ClosesAfterHttp10AndConnectionClose) {
    RequestReader old(kLimits);
    ASSERT_EQ(feed(old, "GET / HTTP/1.0\r\n\r\n"), Progress::complete);
    EXPECT_FALSE(old.take().keep_alive);
    RequestReader closing(kLimits);
    ASSERT_EQ(feed(closing, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
              Progress::complete);
    EXPECT_FALSE(closing.take().keep_alive);
}

TEST(RequestReader, WishesToContinueOnceAndOnlyBeforeTheBody) {
    constexpr std::string_view kHeader =
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n";
    RequestReader reader(kLimits);
    ASSERT_EQ(feed(reader, kHeader), Progress::need_more);
    EXPECT_TRUE(reader.take_continue_wish());
    EXPECT_FALSE(reader.take_continue_wish());
    ASSERT_EQ(feed(reader, "a"), Progress::need_more);
    EXPECT_FALSE(reader.take_continue_wish());
    ASSERT_EQ(feed(reader, "b"), Progress::complete);

    RequestReader eager(kLimits);
    ASSERT_EQ(feed(eager, std::string(kHeader) + "ab"), Progress::complete);
    EXPECT_FALSE(eager.take_continue_wish());
}

TEST(RequestReader, RefusesDoubtfulLengths) {
    const auto with = [](std::string_view fields, std::string_view body = "abcde") {
        return "POST / HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n" + std::string(body);
    };
    EXPECT_EQ(refusal_of(with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")), 400);
    EXPECT_EQ(refusal_of(with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")), 400);
    EXPECT_EQ(refusal_of(with("Content-Length: 5\r\nContent-Length: 6\r\n")), 400);
    EXPECT_EQ(refusal_of(with("Content-Length: 5\r\nContent-Length: 5\r\n")), 400);
    EXPECT_EQ(refusal_of(with("Content-Length: 5, 5\r\n")), 400);
    EXPECT_EQ(refusal_of(with("Content-Length: -1\r\n")), 400);
    EXPECT_EQ(refusal_of(with("Content-Length: +5\r\n")), 400);
    EXPECT_EQ(refusal_of(with("Content-Length: 0x5\r\n")), 400);
    EXPECT_EQ(refusal_of(with("Content-Length: 5 5\r\n")), 400);
    EXPECT_EQ(refusal_of(with("Content-Length: \r\n")), 400);
    EXPECT_EQ(refusal_of(with("Content-Length: 18446744073709551616\r\n")), 400);
    EXPECT_EQ(refusal_of(with("Content-Length : 5\r\n")), 400);
    EXPECT_EQ(refusal_of(with("Transfer-Encoding: gzip, chunked\r\n")), 501);
    EXPECT_EQ(refusal_of(with("Transfer-Encoding: gzip\r\n")), 501);
    EXPECT_EQ(refusal_of(with("Transfer-Encoding: xchunked\r\n")), 501);
    EXPECT_EQ(refusal_of(with("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n")),
              400);
    EXPECT_EQ(refusal_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
}

TEST(RequestReader, RefusesBadChunks) {
    const auto with = [](std::string_view body) {
        return "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" +
               std::string(body);
    };
    EXPECT_EQ(refusal_of(with("zz\r\nabc\r\n0\r\n\r\n")), 400);
    EXPECT_EQ(refusal_of(with("-1\r\nabc\r\n0\r\n\r\n")), 400);
    EXPECT_EQ(refusal_of(with("0x3\r\nabc\r\n0\r\n\r\n")), 400);
    EXPECT_EQ(refusal_of(with("2\r\nabc\r\n0\r\n\r\n")), 400);
    EXPECT_EQ(refusal_of(with("11111111111111111\r\nabc")), 400);
    EXPECT_EQ(refusal_of(with("65\r\nabc")), 413);
    EXPECT_EQ(refusal_of(with("40\r\n" + std::string(64, 'x') + "\r\n40\r\n")), 413);
    EXPECT_EQ(refusal_of(with("1;" + std::string(600, 'x'))), 431);
}

TEST(RequestReader, RefusesDoubtfulHeaders) {
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n\r\n"), 400) << "no Host";
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n Host: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\nHost: a\n\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nX: 1\nY: 2\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"s), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nExpect: a miracle\r\n\r\n"), 417);
}

TEST(RequestReader, RefusesDoubtfulRequestLines) {
    EXPECT_EQ(refusal_of("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET / HTTP/0.9\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET /\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET  / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("GET http://other/ HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("G\x01T / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("\x16\x03\x01\x02\n\r\n\r\n"), 400) << "a TLS greeting";
}

TEST(RequestReader, LimitsTheWholeHeaderNotTheLine) {
    std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
    RequestReader reader(kLimits);
    auto progress = feed(reader, many);
    for (int i = 0; i < 200 && progress == Progress::need_more; ++i) {
        progress = feed(reader, "A: b\r\n");
    }
    ASSERT_EQ(progress, Progress::refused);
    EXPECT_EQ(reader.refusal().status, 431);
    EXPECT_EQ(refusal_of("GET /" + std::string(600, 'x')), 431);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(600, 'x') + "\r\n\r\n"),
              431);
}

TEST(RequestReader, RefusesAnAnnouncedBodyThatIsTooLarge) {
    EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n"), 413);
    EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                         "Content-Length: 99999999999\r\n\r\n"),
              413);
    RequestReader reader(kLimits);
    EXPECT_EQ(feed(reader, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n" +
                               std::string(100, 'x')),
              Progress::complete);
}

}  // namespace
}  // namespace dsdash::http
