#include <gtest/gtest.h>

#include "domain/pattern/matching_test.hpp"

namespace dsdash::pattern {

namespace {

bool cidr(const std::string& network, const std::string& address) {
    return takes(R"({"cidr":")" + network + R"("})", '"' + address + '"');
}

std::string cidr_refusal(const std::string& network) {
    return expression_refusal(R"({"cidr":")" + network + R"("})");
}

}  // namespace

TEST(CidrPattern, TakesTheAddressesOfANetwork) {
    EXPECT_TRUE(cidr("10.0.0.0/24", "10.0.0.255"));
    EXPECT_FALSE(cidr("10.0.0.0/24", "10.0.1.0"));
    EXPECT_TRUE(cidr("10.0.0.0/23", "10.0.1.0"));
    EXPECT_TRUE(cidr("0.0.0.0/0", "255.255.255.255"));
    EXPECT_TRUE(cidr("10.0.0.4/31", "10.0.0.5"));
    EXPECT_FALSE(cidr("10.0.0.4/31", "10.0.0.6"));
    EXPECT_TRUE(cidr("2001:db8::/33", "2001:db8:7fff::1"));
    EXPECT_FALSE(cidr("2001:db8::/33", "2001:db8:8000::1"));
}

TEST(CidrPattern, HostBitsDoNotCount) {
    EXPECT_TRUE(cidr("10.0.0.5/24", "10.0.0.9"));
}

TEST(CidrPattern, FamiliesDoNotMix) {
    EXPECT_FALSE(cidr("::/0", "10.0.0.1"));
    EXPECT_FALSE(cidr("0.0.0.0/0", "::1"));
}

TEST(CidrPattern, TakesNothingThatIsNoAddress) {
    for (const auto* text :
         {"", "10.0.0", "10.0.0.256", "10.0.0.1 ", "10.0.0.0/24", "::ffff:10.0.0.1", "fe80::1%eth0",
          "host", "10.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"}) {
        EXPECT_FALSE(cidr("0.0.0.0/0", text)) << text;
        EXPECT_FALSE(cidr("::/0", text)) << text;
    }
    EXPECT_FALSE(takes(R"({"cidr":"0.0.0.0/0"})", "10"));
}

TEST(CidrPattern, RefusesWhatIsNoNetwork) {
    EXPECT_EQ(cidr_refusal("10.0.0.0"), "Malformed CIDR, one '/' required");
    EXPECT_EQ(cidr_refusal("10.0.0.0/8/8"), "Malformed CIDR, one '/' required");
    EXPECT_EQ(cidr_refusal("10.0.0.0/"), "Malformed CIDR, mask bits must be an integer");
    EXPECT_EQ(cidr_refusal("10.0.0.0/8x"), "Malformed CIDR, mask bits must be an integer");
    EXPECT_EQ(cidr_refusal("10.0.0.0/-1"), "Malformed CIDR, mask bits must be an integer");
    EXPECT_EQ(cidr_refusal("10.0.0/8"), "Nonstandard IP address: 10.0.0");
    EXPECT_EQ(cidr_refusal("::ffff:1.2.3.4/8"), "Nonstandard IP address: ::ffff:1.2.3.4");
    EXPECT_EQ(cidr_refusal("10.0.0.0/32"), "IPv4 mask bits must be < 32");
    EXPECT_EQ(cidr_refusal("::/128"), "IPv6 mask bits must be < 128");
    EXPECT_EQ(expression_refusal(R"({"cidr":8})"), "cidr match pattern must be a string");
}

}  // namespace dsdash::pattern
