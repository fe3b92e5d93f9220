#include "dashboard/loopback_host.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dsdash::dashboard {
namespace {

TEST(LoopbackHost, AcceptsTheNamesOfThisMachine) {
    for (const char* host : {"localhost", "localhost:8080", "LocalHost:1", "127.0.0.1",
                             "127.0.0.1:8080", "127.9.8.7", "[::1]", "[::1]:8080"}) {
        EXPECT_TRUE(is_loopback_host(host)) << host;
    }
}

TEST(LoopbackHost, RefusesEveryOtherName) {
    for (const char* host :
         {"", "example.com", "127.0.0.1.example.com", "localhost.example.com", "localhost.",
          "10.0.0.1", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "::1", "127.1", "2130706433",
          "0x7f.1", "evil.com@127.0.0.1", "127.0.0.1 evil.com", "127.0.0.1:80:80", "[::1",
          "localhost:http", "%6cocalhost"}) {
        EXPECT_FALSE(is_loopback_host(host)) << host;
    }
}

TEST(LoopbackHost, RefusesEmbeddedZeroBytes) {
    EXPECT_FALSE(is_loopback_host(std::string_view("localhost\0.example.com", 22)));
}

}  // namespace
}  // namespace dsdash::dashboard
