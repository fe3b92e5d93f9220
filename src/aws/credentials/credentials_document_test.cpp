#include "aws/credentials/credentials_document.hpp"

#include <gtest/gtest.h>

namespace dsdash::aws {
namespace {

TEST(CredentialsDocument, TakesTheTokenByEitherName) {
    for (const auto* name : {"Token", "SessionToken"}) {
        const auto credentials = parse_credentials_document(
            R"({"AccessKeyId":"A","SecretAccessKey":"S",")" + std::string(name) + R"(":"T"})");
        ASSERT_TRUE(credentials);
        EXPECT_EQ(credentials->session_token, "T");
        EXPECT_EQ(credentials->expiration, std::nullopt);
    }
}

TEST(CredentialsDocument, NamesWhatIsMissingButRepeatsNothing) {
    const std::pair<const char*, const char*> cases[] = {
        {R"({"SecretAccessKey":"hush"})", "AccessKeyId"},
        {R"({"AccessKeyId":"A","Token":"hush"})", "SecretAccessKey"},
        {R"({"AccessKeyId":"A","SecretAccessKey":5})", "SecretAccessKey"},
        {R"({"AccessKeyId":"A","SecretAccessKey":"hush","Expiration":"soon"})", "Expiration"},
        {"hush", "JSON"},
        {R"({"Code":"Failed","Message":"hush"})", "AccessKeyId"}};
    for (const auto& [text, member] : cases) {
        const auto credentials = parse_credentials_document(text);
        ASSERT_FALSE(credentials) << text;
        EXPECT_EQ(credentials.error().kind, ErrorKind::internal);
        EXPECT_NE(credentials.error().message.find(member), std::string::npos);
        EXPECT_EQ(credentials.error().message.find("hush"), std::string::npos);
    }
}

TEST(StsCredentials, NeedATokenToo) {
    EXPECT_FALSE(
        parse_sts_credentials("<AccessKeyId>A</AccessKeyId>"
                              "<SecretAccessKey>S</SecretAccessKey>"));
    EXPECT_FALSE(parse_sts_credentials("<html>"));
}

}  // namespace
}  // namespace dsdash::aws
