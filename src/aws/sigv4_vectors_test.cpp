// Replays AWS's published test suite and requests recorded from real clients.
#include <gtest/gtest.h>

#include <algorithm>

#include "aws/authorization.hpp"
#include "aws/signing_key_cache.hpp"
#include "aws/sigv4.hpp"
#include "aws/testing/recordings.hpp"

namespace dsdash::aws {
namespace {

// AWS's public example pair; the recorder of the JavaScript SDK signed with another secret.
const SecretKey kSecret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
const SecretKey kJavaScriptSecret("s");

std::string amz_date(const http::Request& request) {
    return std::string(request.headers.find("X-Amz-Date").value());
}

std::string signature_of(const http::Request& request, const Authorization& authorization,
                         const SecretKey& secret = kSecret) {
    const auto canonical =
        canonical_request(request, authorization.signed_headers, sha256_hex(request.body));
    return calculate_signature(derive_signing_key(secret, authorization.scope),
                               string_to_sign(amz_date(request), authorization.scope, canonical));
}

TEST(SigV4Vectors, GiveEveryIntermediateString) {
    const auto vectors = read_recordings(DSDASH_TEST_DATA "/sigv4_vectors.txt");
    ASSERT_EQ(vectors.size(), 30U);
    for (const auto& vector : vectors) {
        SCOPED_TRACE(vector.title);
        const auto& request = vector.request;
        const auto authorization =
            parse_authorization(request.headers.find("Authorization").value());
        ASSERT_TRUE(authorization) << authorization.error().message;
        const auto canonical =
            canonical_request(request, authorization->signed_headers, sha256_hex(request.body));
        EXPECT_EQ(canonical, vector.sections.at("CANONICAL REQUEST"));
        EXPECT_EQ(string_to_sign(amz_date(request), authorization->scope, canonical),
                  vector.sections.at("STRING TO SIGN"));
        EXPECT_EQ(signature_of(request, *authorization), authorization->signature);
    }
}

TEST(SigV4Vectors, AreSignedByTheClientAsTheyWerePublished) {
    SigningKeyCache keys;
    int compared = 0;
    for (const auto& vector : read_recordings(DSDASH_TEST_DATA "/sigv4_vectors.txt")) {
        SCOPED_TRACE(vector.title);
        http::Request request = vector.request;
        request.headers = {};
        std::string token;
        for (const auto& [name, value] : vector.request.headers.fields()) {
            if (name == "X-Amz-Security-Token") {
                token = value;
            } else if (name != "Authorization" && name != "X-Amz-Date") {
                request.headers.add(name, value);
            }
        }
        const auto published =
            parse_authorization(vector.request.headers.find("Authorization").value());
        ASSERT_TRUE(published);
        // The suite signs every header, our client only those that AWS asks for.
        const auto& names = published->signed_headers;
        const bool signs_ours = std::ranges::all_of(names, [](const auto& name) {
            return name == "host" || name == "content-type" || name.starts_with("x-amz-");
        });
        if (!signs_ours || vector.title == "post-sts-header-after") {
            continue;
        }
        const auto time = parse_amz_date(amz_date(vector.request));
        ASSERT_TRUE(time);
        sign_request(request, {"AKIDEXAMPLE", kSecret, token}, "us-east-1", "service", *time, keys);
        EXPECT_EQ(request.headers.find("Authorization"),
                  vector.request.headers.find("Authorization"));
        ++compared;
    }
    EXPECT_EQ(compared, 22);
}

void verify_recordings(const std::string& path, const SecretKey& secret, std::size_t expected) {
    const auto recordings = read_recordings(path);
    EXPECT_EQ(recordings.size(), expected);
    for (const auto& [title, request, sections] : recordings) {
        SCOPED_TRACE(title);
        const auto authorization =
            parse_authorization(request.headers.find("Authorization").value());
        ASSERT_TRUE(authorization) << authorization.error().message;
        EXPECT_EQ(signature_of(request, *authorization, secret), authorization->signature);
    }
}

TEST(SigV4Vectors, VerifyWhatAwscliSent) {
    verify_recordings(DSDASH_TEST_DATA "/wire_awscli_1.45.11.txt", kSecret, 16);
}

TEST(SigV4Vectors, VerifyWhatTheJavaScriptSdkSent) {
    verify_recordings(DSDASH_TEST_DATA "/wire_aws_sdk_js_v3.txt", kJavaScriptSecret, 6);
}

// A request of Debian's awscli 2, recorded with its clock and keys.
TEST(SigV4Vectors, VerifyTheKnownAnswerOfAwscli2) {
    http::Request request;
    request.method = "POST";
    request.headers.add("Host", "127.0.0.1:6001");
    request.headers.add("X-Amz-Target", "AmazonSSM.PutParameter");
    request.headers.add("Content-Type", "application/x-amz-json-1.1");
    request.body =
        R"({"Name": "/monitors/TestHub", "Value": "111111111111", "Type": "String", "Overwrite": true})";
    SigningKeyCache keys;
    const auto time = parse_amz_date("20261123T065640Z");
    ASSERT_TRUE(time);
    sign_request(request, {"AKIDEXAMPLE", kSecret, ""}, "eu-west-1", "ssm", *time, keys);
    EXPECT_EQ(request.headers.find("Authorization"),
              "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/eu-west-1/ssm/aws4_request, "
              "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
              "Signature=26b63cb30bccef6e92f2051ba85dd8e6c9ad17f47bb04deda7269684332441a8");
}

}  // namespace
}  // namespace dsdash::aws
