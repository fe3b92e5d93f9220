#include "aws/signing_key_cache.hpp"

#include <gtest/gtest.h>

namespace dsdash::aws {
namespace {

TEST(SigningKeyCache, GivesTheDerivedKeyTheFirstTimeAndLater) {
    SigningKeyCache keys;
    const SecretKey secret("one");
    for (int i = 0; i < 3000; ++i) {
        const CredentialScope scope{"20150830", "r" + std::to_string(i), "s"};
        const auto expected = derive_signing_key(secret, scope);
        ASSERT_EQ(keys.get(secret, scope), expected);
        ASSERT_EQ(keys.get(secret, scope), expected);
    }
}

TEST(SigningKeyCache, KeepsSecretsApart) {
    SigningKeyCache keys;
    const CredentialScope scope{"20150830", "r", "s"};
    EXPECT_NE(keys.get(SecretKey("one"), scope), keys.get(SecretKey("two"), scope));
}

}  // namespace
}  // namespace dsdash::aws
