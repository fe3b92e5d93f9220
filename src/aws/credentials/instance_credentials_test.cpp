#include "aws/credentials/instance_credentials.hpp"

#include <gtest/gtest.h>

#include "aws/testing/credentials_fixture.hpp"
#include "aws/testing/scripted_service.hpp"

namespace dsdash::aws {
namespace {

InstanceCredentials instance_at(const std::string& origin) {
    return InstanceCredentials::find(
               environment_of({{"AWS_EC2_METADATA_SERVICE_ENDPOINT", origin}}))
        .value();
}

TEST(InstanceCredentials, FollowTheThreeStepsOfVersionTwo) {
    ScriptedService service({answer(200, "TOKEN"), answer(200, "my-role\n"),
                             answer(200, credentials_document("T1", "2026-11-23T13:00:00Z"))});
    const auto credentials = instance_at(service.origin()).fetch(noon(), soon());
    ASSERT_TRUE(credentials) << credentials.error().message;
    EXPECT_EQ(credentials->session_token, "T1");
    const auto requests = service.requests();
    ASSERT_EQ(requests.size(), 3U);
    EXPECT_EQ(requests[0].method, "PUT");
    EXPECT_EQ(requests[0].target, "/latest/api/token");
    EXPECT_EQ(requests[0].headers.find("X-aws-ec2-metadata-token-ttl-seconds"), "21600");
    EXPECT_EQ(requests[1].target, "/latest/meta-data/iam/security-credentials/");
    EXPECT_EQ(requests[1].headers.find("X-aws-ec2-metadata-token"), "TOKEN");
    EXPECT_EQ(requests[2].target, "/latest/meta-data/iam/security-credentials/my-role");
    EXPECT_EQ(requests[2].headers.find("X-aws-ec2-metadata-token"), "TOKEN");
}

TEST(InstanceCredentials, AreNotFoundWithoutRoleOrService) {
    ScriptedService service({answer(200, "TOKEN"), answer(404, "")});
    EXPECT_EQ(instance_at(service.origin()).fetch(noon(), soon()).error().kind,
              ErrorKind::not_found);
    // Port 1 of loopback: nobody listens there.
    EXPECT_EQ(instance_at("http://127.0.0.1:1").fetch(noon(), soon()).error().kind,
              ErrorKind::not_found);
}

TEST(InstanceCredentials, NeverFallBackToVersionOne) {
    ScriptedService service({answer(403, ""), answer(200, "my-role")});
    EXPECT_EQ(instance_at(service.origin()).fetch(noon(), soon()).error().kind, ErrorKind::denied);
    EXPECT_EQ(service.requests().size(), 1U);
}

TEST(InstanceCredentials, CanBeDisabled) {
    EXPECT_FALSE(
        InstanceCredentials::find(environment_of({{"AWS_EC2_METADATA_DISABLED", "True"}})));
    EXPECT_TRUE(InstanceCredentials::find(environment_of({{"AWS_EC2_METADATA_DISABLED", "no"}})));
}

}  // namespace
}  // namespace dsdash::aws
