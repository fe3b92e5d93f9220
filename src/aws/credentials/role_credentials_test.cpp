#include "aws/credentials/role_credentials.hpp"

#include <gtest/gtest.h>

#include "aws/testing/credentials_fixture.hpp"
#include "aws/testing/scripted_service.hpp"

namespace dsdash::aws {
namespace {

StsEndpoint sts_at(const ScriptedService& service) {
    return {service.origin(), Region::parse("eu-west-1").value(), {}};
}

const RoleSession kSession{"arn:aws:iam::111111111111:role/r", "me", "x/1", "900"};

TEST(AssumedRole, IsAskedForWithTheSignatureOfItsSource) {
    ScriptedService service({sts_answer("T1", "2026-11-23T13:00:00Z")});
    AssumedRoleCredentials role(
        kSession,
        std::make_unique<FixedCredentials>(Credentials{"AKSOURCE", SecretKey("s"), "SOURCETOKEN"}),
        sts_at(service));
    const auto credentials = role.fetch(noon(), soon());
    ASSERT_TRUE(credentials) << credentials.error().message;
    EXPECT_EQ(credentials->access_key_id, "ASIAT1");
    EXPECT_EQ(credentials->secret_access_key.text(), "secretT1");
    EXPECT_EQ(credentials->session_token, "T1");
    EXPECT_EQ(credentials->expiration, noon() + std::chrono::hours(1));
    const auto request = service.requests().at(0);
    EXPECT_EQ(request.body,
              "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111111111111%3A"
              "role%2Fr&RoleSessionName=me&ExternalId=x%2F1&DurationSeconds=900");
    EXPECT_EQ(request.headers.find("X-Amz-Security-Token"), "SOURCETOKEN");
    EXPECT_TRUE(request.headers.find("Authorization")
                    ->starts_with("AWS4-HMAC-SHA256 Credential=AKSOURCE/20261123/eu-west-1/sts/"));
}

TEST(AssumedRole, ReportsStssErrorWithItsCodeAndTheOperation) {
    ScriptedService service(
        {answer(403,
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message>"
                "</Error></ErrorResponse>")});
    AssumedRoleCredentials role(
        kSession, std::make_unique<FixedCredentials>(Credentials{"A", SecretKey("s"), ""}),
        sts_at(service));
    const auto credentials = role.fetch(noon(), soon());
    ASSERT_FALSE(credentials);
    EXPECT_EQ(credentials.error().kind, ErrorKind::denied);
    EXPECT_EQ(credentials.error().code, "AccessDenied");
    EXPECT_EQ(credentials.error().message, "sts:AssumeRole: not you");
}

TEST(AssumedRole, TellsItsSourceWhenStsFindsItExpired) {
    ScriptedService service(
        {answer(403, "<Error><Code>ExpiredToken</Code><Message>late</Message></Error>")});
    auto source = std::make_unique<ScriptedCredentials>();
    source->script = {Credentials{"A", SecretKey("s"), "T"}};
    auto& scripted = *source;
    AssumedRoleCredentials role(kSession, std::move(source), sts_at(service));
    EXPECT_FALSE(role.fetch(noon(), soon()));
    EXPECT_EQ(scripted.forgotten, 1U);
}

TEST(WebIdentity, SendsTheTokenOfItsFileUnsigned) {
    const TemporaryFolder folder;
    const auto file = folder.write("token", "eyJ.a.b\n");
    ScriptedService service({sts_answer("T1", "2026-11-23T13:00:00Z")});
    WebIdentityCredentials role({"arn:r", "", "", ""}, file, sts_at(service));
    ASSERT_TRUE(role.fetch(noon(), soon()));
    const auto request = service.requests().at(0);
    EXPECT_EQ(request.headers.find("Authorization"), std::nullopt);
    EXPECT_EQ(request.body,
              "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Ar&"
              "RoleSessionName=dsdash-1795435200000000&WebIdentityToken=eyJ.a.b");
}

}  // namespace
}  // namespace dsdash::aws
