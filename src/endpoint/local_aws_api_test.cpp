#include "endpoint/local_aws_api.hpp"

#include <gmock/gmock.h>

#include "endpoint/testing/hosted_fixture.hpp"

namespace dsdash::endpoint {
namespace {

class LocalAwsApiTest : public HostedFixture {
  protected:
    Result<json::object> as_function(std::string_view policy_statement, std::string_view service,
                                     std::string_view operation, const json::object& input) {
        embedded::FunctionRecord function;
        function.name = "f";
        function.role_arn = "arn:aws:iam::222222222222:role/path/r";
        function.role_policy =
            fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", policy_statement);
        const auto role = FunctionRole::of(dev(), function).value();
        return LocalAwsApi(context(dev()), role, clock_.now() + time_left_)
            .call(service, operation, input);
    }
    std::chrono::microseconds time_left_{1};
};

constexpr std::string_view kAllowAll = R"({"Effect":"Allow","Action":"*","Resource":"*"})";

TEST_F(LocalAwsApiTest, RunsWhatTheRoleAllows) {
    put_parameter(dev(), "/m/a", "1");
    const auto output = as_function(R"({"Effect":"Allow","Action":"ssm:GetParameter",
                        "Resource":"arn:aws:ssm:eu-west-1:222222222222:parameter/m/*"})",
                                    "ssm", "GetParameter", {{"Name", "/m/a"}});
    ASSERT_TRUE(output) << output.error().message;
    EXPECT_EQ(output->at("Parameter").at("Value").as_string(), "1");
}

TEST_F(LocalAwsApiTest, RefusesTheRestInAwssWords) {
    const auto output = as_function(R"({"Effect":"Allow","Action":"ssm:GetParameter",
                        "Resource":"arn:aws:ssm:eu-west-1:222222222222:parameter/other"})",
                                    "ssm", "GetParameter", {{"Name", "/m/a"}});
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::denied);
    EXPECT_EQ(output.error().code, "AccessDeniedException");
    EXPECT_EQ(output.error().message,
              "User: arn:aws:sts::222222222222:assumed-role/r/f is not authorized to perform: "
              "ssm:GetParameter on resource: arn:aws:ssm:eu-west-1:222222222222:parameter/m/a "
              "because no identity-based policy allows the ssm:GetParameter action");
}

TEST_F(LocalAwsApiTest, RefusesBeforeItLooksAtTheInput) {
    const auto output =
        as_function(R"({"Effect":"Deny","Action":"*","Resource":"*"})", "ssm", "PutParameter", {});
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::denied);
}

TEST_F(LocalAwsApiTest, RefusesCallsFromTheDeadlineOn) {
    time_left_ = std::chrono::microseconds(0);
    const auto output = as_function(kAllowAll, "sagemaker", "ListEndpoints", {});
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::timed_out);
}

TEST_F(LocalAwsApiTest, KnowsNoOtherServicesAndOperations) {
    for (const auto& [service, operation] : {std::pair{"s3", "ListBuckets"},
                                             {"ssm", "SendCommand"},
                                             {"", ""},
                                             {"ssm", "getparameter"}}) {
        const auto output = as_function(kAllowAll, service, operation, {});
        ASSERT_FALSE(output) << operation;
        EXPECT_EQ(output.error().code, "UnknownOperationException");
    }
}

TEST_F(LocalAwsApiTest, RefusesToPassOnARoleThatItMayNot) {
    const auto targets = object_of(R"({"Rule":"r","Targets":[{"Id":"1",
        "Arn":"arn:aws:events:eu-west-1:111111111111:event-bus/default",
        "RoleArn":"arn:aws:iam::222222222222:role/admin"}]})");
    const auto output = as_function(R"({"Effect":"Allow","Action":"events:*","Resource":"*"})",
                                    "events", "PutTargets", targets);
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::denied);
    EXPECT_THAT(
        output.error().message,
        ::testing::HasSubstr("iam:PassRole on resource: arn:aws:iam::222222222222:role/admin"));
}

TEST_F(LocalAwsApiTest, AsksForEachOfSeveralResources) {
    put_parameter(dev(), "/m/a", "1");
    put_parameter(dev(), "/m/b", "2");
    const auto get = [&](std::string_view resources) {
        return as_function(
            fmt::format(R"({{"Effect":"Allow","Action":"ssm:GetParameters","Resource":[{}]}})",
                        resources),
            "ssm", "GetParameters", object_of(R"({"Names":["/m/a","/m/b"]})"));
    };
    constexpr std::string_view kA = R"("arn:aws:ssm:eu-west-1:222222222222:parameter/m/a")";
    constexpr std::string_view kB = R"("arn:aws:ssm:eu-west-1:222222222222:parameter/m/b")";
    const auto both = get(fmt::format("{},{}", kA, kB));
    ASSERT_TRUE(both) << both.error().message;
    EXPECT_EQ(both->at("Parameters").as_array().size(), 2U);
    EXPECT_THAT(get(kA).error().message, ::testing::HasSubstr("parameter/m/b"));
}

TEST_F(LocalAwsApiTest, TellsEveryoneWhoTheyAre) {
    const auto output = as_function(R"({"Effect":"Deny","Action":"*","Resource":"*"})", "sts",
                                    "GetCallerIdentity", {});
    EXPECT_TRUE(output) << output.error().message;
}

TEST_F(LocalAwsApiTest, CallsAsItsOwnAccount) {
    const auto output = as_function(kAllowAll, "sts", "GetCallerIdentity", {});
    ASSERT_TRUE(output);
    EXPECT_EQ(output->at("Account").as_string(), "222222222222");
    EXPECT_EQ(output->at("Arn").as_string(), "arn:aws:sts::222222222222:assumed-role/r/f");
}

}  // namespace
}  // namespace dsdash::endpoint
