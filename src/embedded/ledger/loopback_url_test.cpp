#include "embedded/ledger/loopback_url.hpp"

#include <gtest/gtest.h>

namespace dsdash::embedded {
namespace {

TEST(LoopbackUrl, SplitsOriginAndTarget) {
    const auto url = parse_loopback_url("Url", "http://127.0.0.1:9000/invocations?a=b").value();
    EXPECT_EQ(url.origin, "http://127.0.0.1:9000");
    EXPECT_EQ(url.target, "/invocations?a=b");
}

TEST(LoopbackUrl, HasATargetAlways) {
    EXPECT_EQ(parse_loopback_url("Url", "http://localhost:9000").value().target, "/");
    EXPECT_EQ(parse_loopback_url("Url", "http://[::1]:9000?x").value().target, "/?x");
}

TEST(LoopbackUrl, TakesEveryAddressOfThisMachine) {
    for (std::string_view url : {"http://127.9.9.9/", "http://[::1]/", "http://localhost:1/"}) {
        EXPECT_TRUE(parse_loopback_url("Url", url)) << url;
    }
}

TEST(LoopbackUrl, RefusesOtherMachines) {
    for (std::string_view url :
         {"http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://example.com/",
          "http://localhost.example.com/", "http://127.0.0.1.example.com/", "http://0.0.0.0/",
          "http://[::]/", "http://[::ffff:10.0.0.1]/", "http://2130706433/", "http://0x7f.1/",
          "http://127.1/", "http://127.0.0.1@10.0.0.1/", "http://10.0.0.1#@127.0.0.1/",
          "http://loc%61lhost/", "http://%31%32%37.0.0.1/"}) {
        EXPECT_FALSE(parse_loopback_url("Url", url)) << url;
    }
}

TEST(LoopbackUrl, RefusesWhatIsNoPlainHttpUrl) {
    for (std::string_view url :
         {"", "127.0.0.1:9000", "/ping", "https://127.0.0.1/", "file:///etc/passwd",
          "gopher://127.0.0.1/", "http://", "http:127.0.0.1", "http://user:pw@127.0.0.1/",
          "http://127.0.0.1/#fragment", "http://127.0.0.1:0/", "http://127.0.0.1:65536/",
          "http://127.0.0.1:9000/a b", "http://127.0.0.1/\r\nHost: x", "http://127.0.0.1\\@x/"}) {
        EXPECT_FALSE(parse_loopback_url("Url", url)) << url;
    }
    EXPECT_FALSE(parse_loopback_url("Url", "http://127.0.0.1/" + std::string(2'048, 'x')));
}

TEST(LoopbackUrl, NamesTheField) {
    const auto error = parse_loopback_url("HealthUrl", "http://10.0.0.1/").error();
    EXPECT_EQ(error.kind, ErrorKind::malformed_input);
    EXPECT_TRUE(error.message.starts_with("HealthUrl must be on this machine")) << error.message;
}

}  // namespace
}  // namespace dsdash::embedded
