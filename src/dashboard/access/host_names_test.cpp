#include "dashboard/access/host_names.hpp"

#include <gtest/gtest.h>

namespace dsdash::dashboard {
namespace {

TEST(HostNames, TakeAHostWithOrWithoutAPort) {
    const HostNames names({"Dash.example.com", "192.0.2.1", "2001:db8::1", "*.example.org"});
    for (const char* host : {"dash.example.com", "DASH.example.com:8443", "192.0.2.1",
                             "192.0.2.1:8443", "[2001:db8::1]", "[2001:db8::1]:8443",
                             "[2001:DB8:0::1]", "a.example.org", "a.example.org:1"}) {
        EXPECT_TRUE(names.contains(host)) << host;
    }
}

TEST(HostNames, RefuseEveryOther) {
    const HostNames names({"dash.example.com", "192.0.2.1", "2001:db8::1", "*.example.org", ""});
    for (const char* host :
         {"", "example.com", "evil.dash.example.com", "dash.example.com.evil.example",
          "dash.example.com.", "x@dash.example.com", "dash.example.com evil", "192.0.2.10",
          "2001:db8::1", "[2001:db8::2]", "example.org", ".example.org", "a.b.example.org",
          "*.example.net", "localhost", "127.0.0.1", "dash.example.com:80:80", "dash%2eexample.com",
          "[::ffff:192.0.2.1]"}) {
        EXPECT_FALSE(names.contains(host)) << host;
    }
    EXPECT_FALSE(names.contains(std::string_view("dash.example.com\0x", 18)));
    EXPECT_FALSE(HostNames({}).contains("dash.example.com"));
}

}  // namespace
}  // namespace dsdash::dashboard
