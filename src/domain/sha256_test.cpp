#include "domain/sha256.hpp"

#include <gtest/gtest.h>

namespace dsdash {
namespace {

std::string hmac_hex(std::string_view key, std::string_view text) {
    const std::vector<unsigned char> bytes(key.begin(), key.end());
    return to_hex(hmac_sha256(bytes, text));
}

TEST(Sha256, AgreesWithFips180) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HmacSha256, AgreesWithRfc4231) {
    EXPECT_EQ(hmac_hex(std::string(20, '\x0b'), "Hi There"),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hmac_hex("Jefe", "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hmac_hex(std::string(131, '\xaa'),
                       "Test Using Larger Than Block-Size Key - Hash Key First"),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, KeepsNothingOfThePreviousKey) {
    const auto first = hmac_hex("Jefe", "text");
    hmac_hex("another key", "text");
    EXPECT_EQ(hmac_hex("Jefe", "text"), first);
}

TEST(Sha256, ComparesEveryByte) {
    const auto digest = sha256("abc");
    EXPECT_TRUE(equal_in_constant_time(digest, sha256("abc")));
    for (std::size_t i = 0; i < digest.size(); ++i) {
        auto other = digest;
        other.at(i) ^= 1U;
        EXPECT_FALSE(equal_in_constant_time(digest, other)) << i;
    }
}

}  // namespace
}  // namespace dsdash
