#include "aws/sigv4.hpp"

#include <gtest/gtest.h>

#include "aws/authorization.hpp"
#include "aws/signing_key_cache.hpp"

namespace dsdash::aws {
namespace {

TEST(SigV4, NormalizesAndEncodesThePath) {
    EXPECT_EQ(canonical_uri(""), "/");
    EXPECT_EQ(canonical_uri("/"), "/");
    EXPECT_EQ(canonical_uri("//a//b/"), "/a/b/");
    EXPECT_EQ(canonical_uri("/a/./b/../c"), "/a/c");
    EXPECT_EQ(canonical_uri("/../../a"), "/a");
    EXPECT_EQ(canonical_uri("/a/.."), "/");
    EXPECT_EQ(canonical_uri("/2015-03-31/functions/a%3Ab/x"), "/2015-03-31/functions/a%253Ab/x");
    EXPECT_EQ(canonical_uri("/-_.~/!*'()"), "/-_.~/%21%2A%27%28%29");
}

TEST(SigV4, SortsQueryKeysByBytes) {
    EXPECT_EQ(canonical_query("b=1&a=2&B=3"), "B=3&a=2&b=1");
    EXPECT_EQ(canonical_query("a=2&a=1&a"), "a=&a=1&a=2");
    EXPECT_EQ(canonical_query("a-b=1&a=2&a%21=3"), "a=2&a%21=3&a-b=1") << "encoded, then sorted";
}

TEST(SigV4, EncodesTheQueryTheSameHoweverItCame) {
    EXPECT_EQ(canonical_query("Qualifier=%24LATEST"), "Qualifier=%24LATEST");
    EXPECT_EQ(canonical_query("Qualifier=$LATEST"), "Qualifier=%24LATEST");
    EXPECT_EQ(canonical_query("a=%7e%2f%2F"), "a=~%2F%2F");
    EXPECT_EQ(canonical_query("a=b=c&&d+e"), "a=b%3Dc&d%2Be=");
    EXPECT_EQ(canonical_query("a=%&b=%2&c=%zz&d=%25"), "a=%25&b=%252&c=%25zz&d=%25");
    EXPECT_EQ(canonical_query(""), "");
    EXPECT_EQ(canonical_query("&"), "");
}

TEST(SigV4, TrimsHeaderValuesAndJoinsRepeatedOnes) {
    http::Headers headers;
    headers.add("X-B", "  two \t  words ");
    headers.add("x-a", "1");
    headers.add("X-A", " 2");
    headers.add("X-Not-Signed", "3");
    const std::vector<std::string> names = {"x-a", "x-b", "x-missing"};
    EXPECT_EQ(canonical_headers(headers, names), "x-a:1,2\nx-b:two words\nx-missing:\n");
}

TEST(SigV4, DerivesTheKeyOfAwsDocumentation) {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/signing-elements.html, the former examples
    const CredentialScope scope{"20150830", "us-east-1", "iam"};
    EXPECT_EQ(scope.text(), "20150830/us-east-1/iam/aws4_request");
    EXPECT_EQ(
        to_hex(derive_signing_key(SecretKey("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), scope)),
        "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
}

TEST(SigV4, SignsTheSessionTokenToo) {
    SigningKeyCache keys;
    http::Request request;
    request.headers.add("Host", "h");
    request.headers.add("User-Agent", "u");
    sign_request(request, {"AK", SecretKey("s"), "token"}, "r", "s", {}, keys);
    const auto authorization = parse_authorization(*request.headers.find("Authorization"));
    ASSERT_TRUE(authorization);
    EXPECT_EQ(authorization->signed_headers,
              (std::vector<std::string>{"host", "x-amz-date", "x-amz-security-token"}));
    EXPECT_EQ(request.headers.find("X-Amz-Security-Token"), "token");
}

}  // namespace
}  // namespace dsdash::aws
