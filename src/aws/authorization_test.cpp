#include "aws/authorization.hpp"

#include <gtest/gtest.h>

namespace dsdash::aws {
namespace {

const std::string kSignature(64, 'a');
const std::string kField =
    "AWS4-HMAC-SHA256 Credential=AKID/20150830/us-east-1/ssm/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=" +
    kSignature;

std::string code_of(const std::string& field) {
    const auto parsed = parse_authorization(field);
    return parsed ? "" : parsed.error().code;
}

std::string message_of(const std::string& field) {
    const auto parsed = parse_authorization(field);
    return parsed ? "" : parsed.error().message;
}

constexpr std::string_view kIncomplete = "IncompleteSignatureException";

TEST(Authorization, IsReadAndWrittenTheSame) {
    const auto parsed = parse_authorization(kField);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->access_key_id, "AKID");
    EXPECT_EQ(parsed->scope, (CredentialScope{"20150830", "us-east-1", "ssm"}));
    EXPECT_EQ(parsed->signed_headers, (std::vector<std::string>{"host", "x-amz-date"}));
    EXPECT_EQ(parsed->signature, kSignature);
    EXPECT_EQ(format_authorization(*parsed), kField);
}

TEST(Authorization, MayHaveAnyOrderAndWhiteSpace) {
    EXPECT_EQ(code_of("  AWS4-HMAC-SHA256   Signature = " + kSignature +
                      ",SignedHeaders=host\t,  Credential=A/1/r/s/aws4_request "),
              "");
}

TEST(Authorization, NamesWhatIsMissing) {
    EXPECT_EQ(message_of("AWS4-HMAC-SHA256 Signature=" + kSignature),
              "Authorization header requires 'Credential' parameter. "
              "Authorization header requires 'SignedHeaders' parameter.");
    EXPECT_EQ(code_of("AWS4-HMAC-SHA256"), kIncomplete);
    EXPECT_EQ(code_of("AWS4-HMAC-SHA256 "), kIncomplete);
    EXPECT_EQ(code_of("AWS4-HMAC-SHA256 Credential=,SignedHeaders=,Signature="), kIncomplete);
}

TEST(Authorization, RefusesOtherAlgorithms) {
    for (const auto* field :
         {"", "Basic dXNlcjpwYXNz", "AWS AKID:sig", "AWS4-HMAC-SHA512 x", "AWS4-HMAC-SHA2567 x",
          "AWS4-ECDSA-P256-SHA256 Credential=a", "aws4-hmac-sha256 Credential=a"}) {
        EXPECT_EQ(code_of(field), kIncomplete) << field;
    }
}

TEST(Authorization, RefusesParametersThatComeTwiceOrAreUnknown) {
    EXPECT_EQ(code_of(kField + ", Signature=" + kSignature), kIncomplete);
    EXPECT_EQ(code_of(kField + ", Credential=B/20150830/us-east-1/ssm/aws4_request"), kIncomplete);
    EXPECT_EQ(code_of(kField + ", Extra=1"), kIncomplete);
    EXPECT_EQ(code_of(kField + ","), kIncomplete);
    EXPECT_EQ(code_of("AWS4-HMAC-SHA256 ,,,"), kIncomplete);
}

TEST(Authorization, RefusesACredentialThatIsNone) {
    const auto with = [](const std::string& credential) {
        return code_of("AWS4-HMAC-SHA256 Credential=" + credential +
                       ", SignedHeaders=host, Signature=" + kSignature);
    };
    EXPECT_EQ(with("A/1/r/s/aws4_request"), "");
    EXPECT_EQ(with("A"), kIncomplete);
    EXPECT_EQ(with("A/1/r/s"), kIncomplete);
    EXPECT_EQ(with("A/1/r/s/aws4_request/x"), kIncomplete);
    EXPECT_EQ(with("/1/r/s/aws4_request"), kIncomplete);
    EXPECT_EQ(with("A//r/s/aws4_request"), kIncomplete);
    EXPECT_EQ(with("////"), kIncomplete);
    EXPECT_EQ(with("A/1/r/s/aws3_request"), "InvalidSignatureException");
    EXPECT_EQ(with("A/1/r/s/AWS4_REQUEST"), "InvalidSignatureException");
}

TEST(Authorization, RefusesSignedHeadersThatAreNotSortedLowerCaseNames) {
    const auto with = [](const std::string& names) {
        return code_of("AWS4-HMAC-SHA256 Credential=A/1/r/s/aws4_request, SignedHeaders=" + names +
                       ", Signature=" + kSignature);
    };
    EXPECT_EQ(with("host;x-amz-date"), "");
    EXPECT_EQ(with("x-amz-date;host"), kIncomplete);
    EXPECT_EQ(with("host;host"), kIncomplete);
    EXPECT_EQ(with("Host"), kIncomplete);
    EXPECT_EQ(with(";host"), kIncomplete);
    EXPECT_EQ(with("host;"), kIncomplete);
    EXPECT_EQ(with(";"), kIncomplete);
}

TEST(Authorization, RefusesASignatureThatIsNone) {
    const auto with = [](const std::string& signature) {
        return code_of(
            "AWS4-HMAC-SHA256 Credential=A/1/r/s/aws4_request, SignedHeaders=host, "
            "Signature=" +
            signature);
    };
    EXPECT_EQ(with(std::string(63, 'a')), kIncomplete);
    EXPECT_EQ(with(std::string(65, 'a')), kIncomplete);
    EXPECT_EQ(with(std::string(64, 'A')), kIncomplete);
    EXPECT_EQ(with(std::string(64, 'g')), kIncomplete);
    EXPECT_EQ(with(std::string(64, '\xc3')), kIncomplete);
}

TEST(Authorization, IsRefusedWhereverItIsCut) {
    for (std::size_t cut = 0; cut < kField.size(); ++cut) {
        EXPECT_NE(code_of(kField.substr(0, cut)), "") << cut;
    }
}

TEST(Authorization, IsNeverRepeatedInAnError) {
    for (const auto& field : {"AWS4-HMAC-SHA256 Credential=TOPSECRET", "AWS4-X TOPSECRET",
                              "AWS4-HMAC-SHA256 TOPSECRET=1", "TOPSECRET"}) {
        EXPECT_EQ(message_of(field).find("TOPSECRET"), std::string::npos) << field;
    }
}

}  // namespace
}  // namespace dsdash::aws
