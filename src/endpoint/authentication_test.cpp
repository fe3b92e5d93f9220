#include "endpoint/authentication.hpp"

#include <gtest/gtest.h>

#include "aws/authorization.hpp"
#include "aws/sigv4.hpp"
#include "aws/testing/recordings.hpp"
#include "embedded/storage/account_identity.hpp"

namespace dsdash::endpoint {
namespace {

const aws::SecretKey kSecret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

class FixedClock final : public Clock {
  public:
    explicit FixedClock(std::string_view amz_date) : now_(parse_amz_date(amz_date).value()) {}
    [[nodiscard]] TimePoint now() const override { return now_; }

  private:
    TimePoint now_;
};

class Authentication : public testing::Test {
  protected:
    const embedded::AccountIdentity identity_{AccountId::parse("111111111111").value(), "hub",
                                              Region::parse("eu-west-1").value(), "AKIDEXAMPLE",
                                              kSecret.text()};
    const FixedClock clock_{"20261123T120000Z"};
    Authenticator authenticator_{
        [this](std::string_view key) { return key == "AKIDEXAMPLE" ? &identity_ : nullptr; },
        clock_};
    aws::SigningKeyCache keys_;

    static http::Request request() {
        http::Request request;
        request.method = "POST";
        request.headers.add("Host", "127.0.0.1:8080");
        request.headers.add("Content-Type", "application/x-amz-json-1.1");
        request.headers.add("X-Amz-Target", "AmazonSSM.GetParameter");
        request.body = R"({"Name":"/a"})";
        return request;
    }

    http::Request sign(http::Request request, std::string_view at = "20261123T120000Z",
                       std::string_view service = "ssm", std::string_view region = "eu-west-1",
                       std::string_view key = "AKIDEXAMPLE", const std::string& token = {}) {
        aws::sign_request(request, {std::string(key), kSecret, token}, region, service,
                          parse_amz_date(at).value(), keys_);
        return request;
    }

    /// AWS's code; "ok" when the request is accepted.
    std::string verdict(const http::Request& request) {
        const auto identity = authenticator_.authenticate(request, "ssm");
        if (identity) {
            return *identity == &identity_ ? "ok" : "another account";
        }
        EXPECT_EQ(identity.error().kind, ErrorKind::denied);
        EXPECT_EQ(identity.error().message.find(kSecret.text()), std::string::npos);
        return identity.error().code;
    }
    std::string words(const http::Request& request) {
        const auto identity = authenticator_.authenticate(request, "ssm");
        return identity ? "ok" : identity.error().message;
    }
};

/// `request` with another value of a field; without the field when `value` is nothing.
http::Request with(const http::Request& request, std::string_view name,
                   const std::optional<std::string>& value) {
    auto changed = request;
    changed.headers = {};
    for (const auto& [field, old] : request.headers.fields()) {
        if (!http::equals_ignoring_case(field, name)) {
            changed.headers.add(field, old);
        }
    }
    if (value) {
        changed.headers.add(std::string(name), *value);
    }
    return changed;
}

std::string authorization_of(const http::Request& request) {
    return std::string(request.headers.find("Authorization").value());
}

constexpr std::string_view kInvalid = "InvalidSignatureException";
constexpr std::string_view kIncomplete = "IncompleteSignatureException";
constexpr std::string_view kUnknown = "UnrecognizedClientException";

TEST_F(Authentication, AcceptsASignedRequest) {
    EXPECT_EQ(verdict(sign(request())), "ok");
}

TEST_F(Authentication, RefusesAnUnsignedRequest) {
    EXPECT_EQ(verdict(request()), "MissingAuthenticationTokenException");
    EXPECT_EQ(words(request()), "Request is missing Authentication Token");
}

TEST_F(Authentication, RefusesEveryFlippedBitOfTheSignature) {
    const auto good = sign(request());
    const auto field = authorization_of(good);
    const auto begin = field.find("Signature=") + std::string_view("Signature=").size();
    for (std::size_t i = begin; i < field.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            auto bad = field;
            bad[i] = static_cast<char>(static_cast<unsigned char>(bad[i]) ^ (1U << bit));
            const auto answer = verdict(with(good, "Authorization", bad));
            EXPECT_TRUE(answer == kInvalid || answer == kIncomplete) << bad;
        }
    }
}

TEST_F(Authentication, RefusesAnAuthorizationCutAnywhere) {
    const auto good = sign(request());
    const auto field = authorization_of(good);
    for (std::size_t cut = 0; cut < field.size(); ++cut) {
        EXPECT_NE(verdict(with(good, "Authorization", field.substr(0, cut))), "ok") << cut;
    }
}

TEST_F(Authentication, RefusesWhatWasChangedAfterSigning) {
    const auto good = sign(request());
    auto body = good;
    body.body += " ";
    EXPECT_EQ(verdict(body), kInvalid);
    auto method = good;
    method.method = "PUT";
    EXPECT_EQ(verdict(method), kInvalid);
    auto path = good;
    path.target = "/x";
    EXPECT_EQ(verdict(path), kInvalid);
    auto query = good;
    query.target = "/?a=b";
    EXPECT_EQ(verdict(query), kInvalid);
    EXPECT_EQ(verdict(with(good, "X-Amz-Target", "AmazonSSM.DeleteParameter")), kInvalid);
    EXPECT_EQ(verdict(with(good, "Host", "elsewhere")), kInvalid);
    EXPECT_EQ(verdict(with(good, "Content-Type", "text/plain")), kInvalid);
    EXPECT_EQ(verdict(with(good, "Content-Type", std::nullopt)), kInvalid);
    EXPECT_EQ(verdict(with(good, "X-Amz-Date", "20261123T120001Z")), kInvalid);
    EXPECT_EQ(words(body).substr(0, 41), "The request signature we calculated does ");
}

TEST_F(Authentication, IsIndifferentToWhatASignatureIsIndifferentTo) {
    auto good = request();
    good.target = "/?b=2&a=%7e1";
    good.headers.add("X-Amz-Meta", "two words");
    good = sign(good);
    auto moved = good;
    moved.target = "/?a=~1&b=2";
    EXPECT_EQ(verdict(moved), "ok") << "the order of the query, and its encoding";
    EXPECT_EQ(verdict(with(good, "X-AMZ-META", "  two \t  words ")), "ok");
    EXPECT_EQ(verdict(with(good, "User-Agent", "anything")), "ok");
    EXPECT_EQ(verdict(with(good, "amz-sdk-invocation-id", "anything")), "ok");
    auto spaced = authorization_of(good);
    spaced.replace(spaced.find(", SignedHeaders"), 2, "  ,\t");
    EXPECT_EQ(verdict(with(good, "authorization", " " + spaced + " ")), "ok");
}

TEST_F(Authentication, AllowsFifteenMinutesOfSkew) {
    EXPECT_EQ(verdict(sign(request(), "20261123T114500Z")), "ok");
    EXPECT_EQ(verdict(sign(request(), "20261123T121500Z")), "ok");
    EXPECT_EQ(words(sign(request(), "20261123T114459Z")),
              "Signature expired: 20261123T114459Z is now earlier than 20261123T114500Z "
              "(20261123T120000Z - 15 min.)");
    EXPECT_EQ(words(sign(request(), "20261123T121501Z")),
              "Signature not yet current: 20261123T121501Z is still later than 20261123T121500Z "
              "(20261123T120000Z + 15 min.)");
    EXPECT_EQ(verdict(sign(request(), "20261122T120000Z")), kInvalid);
    EXPECT_EQ(verdict(sign(request(), "19700101T000000Z")), kInvalid);
    EXPECT_EQ(verdict(sign(request(), "99991231T235959Z")), kInvalid);
}

TEST_F(Authentication, RefusesAnotherScope) {
    EXPECT_EQ(words(sign(request(), "20261123T120000Z", "events")),
              "Credential should be scoped to correct service: 'ssm'.");
    EXPECT_EQ(verdict(sign(request(), "20261123T120000Z", "ssm", "us-east-1")), kInvalid);
    const auto good = sign(request());
    auto field = authorization_of(good);
    field.replace(field.find("/20261123/"), 10, "/20261122/");
    EXPECT_EQ(words(with(good, "Authorization", field)),
              "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
              "HTTP.");
}

TEST_F(Authentication, RefusesUnknownKeysAndSessionTokensAlike) {
    const auto key = sign(request(), "20261123T120000Z", "ssm", "eu-west-1", "AKIDOTHER");
    const auto token =
        sign(request(), "20261123T120000Z", "ssm", "eu-west-1", "AKIDEXAMPLE", "TOK");
    EXPECT_EQ(verdict(key), kUnknown);
    EXPECT_EQ(verdict(token), kUnknown);
    EXPECT_EQ(words(key), "The security token included in the request is invalid.");
    EXPECT_EQ(words(token), words(key));
    EXPECT_EQ(verdict(with(sign(request()), "X-Amz-Security-Token", "")), kUnknown);
}

TEST_F(Authentication, DemandsThatHostAndEveryAmzFieldIsSigned) {
    auto added = sign(request());
    added.headers.add("X-Amz-Other", "1");
    EXPECT_EQ(words(added), "'x-amz-other' must be a 'SignedHeader' in the AWS Authorization.");
    const auto good = sign(request());
    auto field = authorization_of(good);
    field.replace(field.find("host;"), 5, "");
    EXPECT_EQ(words(with(good, "Authorization", field)),
              "'host' must be a 'SignedHeader' in the AWS Authorization.");
    EXPECT_EQ(verdict(with(good, "X-Amz-Target", std::nullopt)), kInvalid);
}

TEST_F(Authentication, ChecksAClaimedPayloadHash) {
    const auto claim = [&](const std::string& hash) {
        auto claimed = request();
        claimed.headers.add("X-Amz-Content-Sha256", hash);
        return verdict(sign(claimed));
    };
    EXPECT_EQ(claim(sha256_hex(request().body)), "ok");
    EXPECT_EQ(claim(sha256_hex("something else")), kInvalid);
    EXPECT_EQ(claim("UNSIGNED-PAYLOAD"), kInvalid);
    EXPECT_EQ(claim("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), kInvalid);
    EXPECT_EQ(claim(""), kInvalid);
}

TEST_F(Authentication, RefusesFieldsThatComeTwice) {
    auto twice = sign(request());
    twice.headers.add("authorization", authorization_of(twice));
    EXPECT_EQ(verdict(twice), kIncomplete);
    auto dates = sign(request());
    dates.headers.add("x-amz-date", "20261123T120000Z");
    EXPECT_EQ(verdict(dates), kIncomplete);
    auto targets = sign(request());
    targets.headers.add("x-amz-target", "AmazonSSM.DeleteParameter");
    EXPECT_EQ(verdict(targets), kInvalid);
}

TEST_F(Authentication, RefusesDatesThatAreNone) {
    const auto good = sign(request());
    for (const auto* date :
         {"", "20261123", "20261123T120000", "2026-11-23T12:00:00Z", "20261323T120000Z",
          "20261123T120000z", "Mon, 23 Nov 2026 12:00:00 GMT", "20261123T120000Z, 20261123T120000Z",
          "\xef\xbc\x92"}) {
        EXPECT_EQ(verdict(with(good, "X-Amz-Date", date)), kIncomplete) << date;
    }
    EXPECT_EQ(verdict(with(good, "X-Amz-Date", std::nullopt)), kIncomplete);
}

TEST_F(Authentication, RefusesOtherKindsOfAuthorization) {
    for (const auto* field : {"", "Basic aHViOmh1Yg==", "Bearer x", "AWS AKIDEXAMPLE:x",
                              "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 \xff\xfe"}) {
        EXPECT_EQ(verdict(with(request(), "Authorization", field)), kIncomplete) << field;
    }
}

TEST_F(Authentication, RefusesPresignedRequests) {
    auto presigned = request();
    presigned.target = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=" + std::string(64, 'a');
    EXPECT_EQ(verdict(presigned), kIncomplete);
    EXPECT_NE(words(presigned).find("presigned"), std::string::npos);
}

TEST_F(Authentication, AcceptsWhatAwscliSentAndRefusesTheTokensOfTheJavaScriptRecorder) {
    const FixedClock then("20261123T070000Z");
    Authenticator authenticator([this](std::string_view) { return &identity_; }, then);
    for (const auto& [title, recorded, sections] :
         aws::read_recordings(DSDASH_TEST_DATA "/wire_awscli_1.45.11.txt")) {
        const auto field = aws::parse_authorization(authorization_of(recorded));
        ASSERT_TRUE(field);
        const auto identity = authenticator.authenticate(recorded, field->scope.service);
        EXPECT_TRUE(identity) << title << ": " << identity.error().message;
    }
    for (const auto& recording : aws::read_recordings(DSDASH_TEST_DATA "/wire_aws_sdk_js_v3.txt")) {
        const auto field = aws::parse_authorization(authorization_of(recording.request));
        ASSERT_TRUE(field);
        const auto identity = authenticator.authenticate(recording.request, field->scope.service);
        ASSERT_FALSE(identity);
        EXPECT_EQ(identity.error().code, kUnknown);
    }
}

}  // namespace
}  // namespace dsdash::endpoint
