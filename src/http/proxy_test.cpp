#include "http/proxy.hpp"

#include <gtest/gtest.h>

namespace dsdash::http {
namespace {

std::optional<Proxy> find(const ProxySettings& settings, std::string_view origin) {
    return find_proxy(settings, Origin::parse(origin).value()).value();
}

TEST(Proxy, GoesByTheSchemeOfTheOrigin) {
    const ProxySettings settings{"http://secure:3128", "http://plain:8888", ""};
    EXPECT_EQ(find(settings, "https://ssm.eu-west-1.amazonaws.com")->origin.host, "secure");
    EXPECT_EQ(find(settings, "https://ssm.eu-west-1.amazonaws.com")->origin.port, 3128);
    EXPECT_EQ(find(settings, "http://example.com")->origin.host, "plain");
    EXPECT_FALSE(find({}, "https://example.com"));
    EXPECT_FALSE(find({"", "http://plain", ""}, "https://example.com"));
}

TEST(Proxy, TakesAnAddressWithoutScheme) {
    const auto proxy = find({"proxy.corp:3128", "", ""}, "https://example.com");
    ASSERT_TRUE(proxy);
    EXPECT_EQ(proxy->origin.host, "proxy.corp");
    EXPECT_EQ(proxy->origin.port, 3128);
    EXPECT_EQ(proxy->authorization, "");
}

TEST(Proxy, SendsItsUserAndPassword) {
    // The example of RFC 7617 section 2.
    const auto proxy =
        find({"http://Aladdin:open%20sesame@proxy:1", "", ""}, "https://example.com");
    ASSERT_TRUE(proxy);
    EXPECT_EQ(proxy->authorization, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST(Proxy, LeavesExceptedHostsOut) {
    const std::string proxy = "http://proxy:1";
    const auto direct = [&](std::string except, std::string_view origin) {
        return !find({proxy, proxy, std::move(except)}, origin);
    };
    EXPECT_TRUE(direct("example.com", "https://example.com"));
    EXPECT_TRUE(direct("a, Example.COM ,b", "https://s3.example.com"));
    EXPECT_TRUE(direct(".example.com", "https://s3.example.com"));
    EXPECT_TRUE(direct("169.254.169.254", "http://169.254.169.254"));
    EXPECT_TRUE(direct("example.com:8080", "http://example.com:8080"));
    EXPECT_TRUE(direct("*", "https://anything.org"));
    EXPECT_FALSE(direct("example.com", "https://badexample.com"));
    EXPECT_FALSE(direct("example.com:8080", "https://example.com"));
    EXPECT_FALSE(direct(",,", "https://example.com"));
}

TEST(Proxy, NeverStandsBeforeLoopback) {
    const ProxySettings settings{"http://proxy:1", "http://proxy:1", ""};
    for (const auto* origin : {"http://127.0.0.1:8080", "http://[::1]:1", "https://localhost"}) {
        EXPECT_FALSE(find(settings, origin)) << origin;
    }
}

TEST(Proxy, DoesNotRepeatWhatItCannotRead) {
    for (const auto* text :
         {"https://user:secret@proxy", "socks5://secret", "http://", "http://a b"}) {
        const auto proxy = find_proxy({text, "", ""}, Origin::parse("https://example.com").value());
        ASSERT_FALSE(proxy) << text;
        EXPECT_EQ(proxy.error().kind, ErrorKind::malformed_input);
        EXPECT_EQ(proxy.error().message.find("secret"), std::string::npos);
    }
}

}  // namespace
}  // namespace dsdash::http
