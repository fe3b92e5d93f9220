#include "http/origin.hpp"

#include <gtest/gtest.h>

namespace dsdash::http {
namespace {

TEST(Origin, ReadsSchemeHostAndPort) {
    const auto plain = Origin::parse("http://127.0.0.1:8080");
    ASSERT_TRUE(plain);
    EXPECT_FALSE(plain->tls);
    EXPECT_EQ(plain->host, "127.0.0.1");
    EXPECT_EQ(plain->port, 8080);
    EXPECT_EQ(plain->host_field(), "127.0.0.1:8080");
    const auto tls = Origin::parse("https://ssm.eu-west-1.amazonaws.com/");
    ASSERT_TRUE(tls);
    EXPECT_TRUE(tls->tls);
    EXPECT_EQ(tls->port, 443);
    EXPECT_EQ(tls->host_field(), "ssm.eu-west-1.amazonaws.com");
}

TEST(Origin, PutsBracketsAroundIpv6InTheHostField) {
    const auto origin = Origin::parse("http://[::1]:8080");
    ASSERT_TRUE(origin);
    EXPECT_EQ(origin->host, "::1");
    EXPECT_EQ(origin->host_field(), "[::1]:8080");
}

TEST(Origin, RefusesWhatIsNone) {
    for (const auto* text :
         {"", "127.0.0.1:8080", "localhost", "ftp://a", "http://", "http://a:0", "http://a:65536",
          "http://a:b", "http://a/b", "http://a?b", "http://a#b", "http://user:secret@a",
          "http://a b", "http://a\r\nX: y", "http:///x", "//a"}) {
        const auto origin = Origin::parse(text);
        ASSERT_FALSE(origin) << text;
        EXPECT_EQ(origin.error().kind, ErrorKind::malformed_input) << text;
    }
}

}  // namespace
}  // namespace dsdash::http
