#include "aws/credentials/container_credentials.hpp"

#include <gtest/gtest.h>

#include "aws/testing/credentials_fixture.hpp"
#include "aws/testing/scripted_service.hpp"

namespace dsdash::aws {
namespace {

TEST(ContainerCredentials, AsksTheEndpointWithTheToken) {
    ScriptedService service({answer(200, credentials_document("T1", "2026-11-23T13:00:00Z"))});
    auto container = ContainerCredentials::find(
        environment_of({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", service.origin() + "/creds?a=b"},
                        {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic abc"}}));
    ASSERT_TRUE(container && *container);
    const auto credentials = (*container)->fetch(noon(), soon());
    ASSERT_TRUE(credentials) << credentials.error().message;
    EXPECT_EQ(credentials->access_key_id, "ASIAT1");
    EXPECT_EQ(credentials->session_token, "T1");
    EXPECT_EQ(credentials->expiration, noon() + std::chrono::hours(1));
    EXPECT_EQ(service.requests().at(0).target, "/creds?a=b");
    EXPECT_EQ(service.requests().at(0).headers.find("Authorization"), "Basic abc");
}

TEST(ContainerCredentials, ReadsTheTokenFileEachTimeAndBeforeTheVariable) {
    const TemporaryFolder folder;
    const auto file = folder.write("token", "one\n");
    ScriptedService service({answer(200, credentials_document("T1", "2026-11-23T13:00:00Z"))});
    auto container = ContainerCredentials::find(
        environment_of({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", service.origin()},
                        {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "not this"},
                        {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file}}));
    ASSERT_TRUE(container && *container);
    ASSERT_TRUE((*container)->fetch(noon(), soon()));
    (void)folder.write("token", "two");
    ASSERT_TRUE((*container)->fetch(noon(), soon()));
    EXPECT_EQ(service.requests().at(0).headers.find("Authorization"), "one");
    EXPECT_EQ(service.requests().at(1).headers.find("Authorization"), "two");
    (void)folder.write("token", "a\nX-Forged: b");
    EXPECT_EQ((*container)->fetch(noon(), soon()).error().kind, ErrorKind::malformed_input);
}

TEST(ContainerCredentials, TrustsPlainHttpOnlyNearby) {
    const auto find = [](const std::string& uri) {
        return ContainerCredentials::find(
            environment_of({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", uri}}));
    };
    for (const auto* uri : {"http://127.0.0.1:80/x", "http://[::1]/", "http://localhost",
                            "http://169.254.170.23/v1/credentials", "http://[fd00:ec2::23]/v1",
                            "https://example.com/x"}) {
        EXPECT_TRUE(find(uri)) << uri;
    }
    for (const auto* uri : {"http://example.com", "http://169.254.169.254/"}) {
        ASSERT_FALSE(find(uri)) << uri;
        EXPECT_EQ(find(uri).error().kind, ErrorKind::denied);
    }
    EXPECT_EQ(find("no url").error().kind, ErrorKind::malformed_input);
}

TEST(ContainerCredentials, AreNotLookedForUnlessNamed) {
    const auto none = ContainerCredentials::find(environment_of({}));
    ASSERT_TRUE(none);
    EXPECT_FALSE(*none);
    EXPECT_TRUE(*ContainerCredentials::find(
        environment_of({{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/x"}})));
}

TEST(ContainerCredentials, TellsARefusalFromAFailure) {
    ScriptedService service({answer(403, "hush"), answer(500, "<html>"), answer(200, "<html>")});
    auto container = ContainerCredentials::find(
        environment_of({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", service.origin()}}));
    EXPECT_EQ((*container)->fetch(noon(), soon()).error().kind, ErrorKind::denied);
    EXPECT_EQ((*container)->fetch(noon(), soon()).error().kind, ErrorKind::internal);
    EXPECT_EQ((*container)->fetch(noon(), soon()).error().kind, ErrorKind::internal);
}

}  // namespace
}  // namespace dsdash::aws
