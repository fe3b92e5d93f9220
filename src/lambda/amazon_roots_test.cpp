#include "lambda/amazon_roots.hpp"

#include <gtest/gtest.h>

#include "http/client.hpp"

namespace dsdash::lambda {
namespace {

TEST(AmazonRoots, AreFiveCertificates) {
    constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
    int count = 0;
    for (auto at = amazon_roots().find(kBegin); at != std::string_view::npos;
         at = amazon_roots().find(kBegin, at + 1)) {
        ++count;
    }
    EXPECT_EQ(count, 5);
}

TEST(AmazonRoots, CanBeTrusted) {
    http::Client client({.ca_pem = amazon_roots()});
    const auto prepared = client.prepare_tls();
    EXPECT_TRUE(prepared) << prepared.error().message;
}

}  // namespace
}  // namespace dsdash::lambda
