#include "aws/http_aws_api.hpp"

#include <gtest/gtest.h>

#include "aws/authorization.hpp"
#include "aws/testing/scripted_service.hpp"

namespace dsdash::aws {
namespace {

class FixedClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override {
        return parse_amz_date("20261123T120000Z").value();
    }
};

class HttpAwsApiTest : public testing::Test {
  protected:
    std::unique_ptr<HttpAwsApi> connect(
        std::optional<AccountId> account = AccountId::parse("111111111111").value()) {
        ClientConfig config{
            std::make_shared<FixedCredentials>(Credentials{"AKID", SecretKey("secret"), ""}),
            Region::parse("eu-west-1").value(),
            std::move(account),
            service_.origin(),
            {},
            {}};
        auto api = HttpAwsApi::connect(
            std::move(config),
            {clock_, [this](std::chrono::milliseconds time) { slept_.push_back(time.count()); },
             [] { return 0.5; }});
        EXPECT_TRUE(api) << api.error().message;
        return std::move(*api);
    }
    FixedClock clock_;
    std::vector<std::int64_t> slept_;
    ScriptedService service_;
};

TEST_F(HttpAwsApiTest, SendsASignedJsonRequest) {
    service_.script({answer(200, R"({"Version":1})")});
    const auto output = connect()->call("ssm", "PutParameter", {{"Name", "/a"}});
    ASSERT_TRUE(output) << output.error().message;
    EXPECT_EQ(*output, (json::object{{"Version", 1}}));
    const auto request = service_.requests().at(0);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/");
    EXPECT_EQ(request.headers.find("X-Amz-Target"), "AmazonSSM.PutParameter");
    EXPECT_EQ(request.headers.find("Content-Type"), "application/x-amz-json-1.1");
    EXPECT_EQ(request.body, R"({"Name":"/a"})");
    const auto authorization = parse_authorization(*request.headers.find("Authorization"));
    ASSERT_TRUE(authorization);
    EXPECT_EQ(authorization->scope, (CredentialScope{"20261123", "eu-west-1", "ssm"}));
    const auto canonical =
        canonical_request(request, authorization->signed_headers, sha256_hex(request.body));
    EXPECT_EQ(
        authorization->signature,
        calculate_signature(derive_signing_key(SecretKey("secret"), authorization->scope),
                            string_to_sign("20261123T120000Z", authorization->scope, canonical)));
}

TEST_F(HttpAwsApiTest, UsesEachServicesProtocol) {
    service_.script({answer(200, "{}")});
    const auto api = connect();
    EXPECT_TRUE(api->call("dynamodb", "ListTables", {}));
    EXPECT_TRUE(api->call("lambda", "Invoke", {{"FunctionName", "f"}, {"Payload", "1"}}));
    EXPECT_TRUE(api->call("dsdash", "DescribeStacks", {}));
    EXPECT_EQ(service_.requests().at(0).headers.find("X-Amz-Target"),
              "DynamoDB_20120810.ListTables");
    EXPECT_EQ(service_.requests().at(0).headers.find("Content-Type"), "application/x-amz-json-1.0");
    EXPECT_EQ(service_.requests().at(1).target, "/2015-03-31/functions/f/invocations");
    EXPECT_EQ(service_.requests().at(1).body, "1");
    EXPECT_EQ(service_.requests().at(2).headers.find("X-Amz-Target"), "DsDash.DescribeStacks");
}

TEST_F(HttpAwsApiTest, TakesAnEmptyAnswerForAnEmptyOutput) {
    service_.script({answer(200, "")});
    EXPECT_EQ(connect()->call("events", "PutPermission", {}), json::object{});
}

TEST_F(HttpAwsApiTest, LearnsItsAccountFromSts) {
    service_.script({answer(200,
                            "<GetCallerIdentityResponse><GetCallerIdentityResult><UserId>U</UserId>"
                            "<Account>222222222222</Account><Arn>a</Arn></GetCallerIdentityResult>"
                            "</GetCallerIdentityResponse>")});
    EXPECT_EQ(connect(std::nullopt)->account().text(), "222222222222");
    EXPECT_EQ(service_.requests().at(0).body, "Action=GetCallerIdentity&Version=2011-06-15");
}

TEST_F(HttpAwsApiTest, ReportsAServicesErrorWithItsCode) {
    service_.script({answer(400, R"({"__type":"ParameterNotFound","message":"no /a"})")});
    const auto output = connect()->call("ssm", "GetParameter", {{"Name", "/a"}});
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::not_found);
    EXPECT_EQ(output.error().code, "ParameterNotFound");
    EXPECT_EQ(output.error().message, "no /a");
    EXPECT_EQ(output.error().where, "ssm:GetParameter in account 111111111111");
    EXPECT_EQ(service_.requests().size(), 1U) << "not retried";
}

TEST_F(HttpAwsApiTest, RetriesThrottlingWithFullJitter) {
    service_.script({answer(400, R"({"__type":"ThrottlingException"})"), answer(503, "busy"),
                     answer(200, "{}")});
    EXPECT_TRUE(connect()->call("ssm", "GetParameter", {}));
    EXPECT_EQ(service_.requests().size(), 3U);
    EXPECT_EQ(slept_, (std::vector<std::int64_t>{500, 1000}));
}

TEST_F(HttpAwsApiTest, GivesUpAfterThreeAttempts) {
    service_.script({answer(500, "{}")});
    const auto output = connect()->call("ssm", "GetParameter", {});
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::internal);
    EXPECT_EQ(service_.requests().size(), 3U);
    EXPECT_EQ(slept_.size(), 2U);
}

TEST_F(HttpAwsApiTest, CallsAnAnswerThatIsNoJsonInternal) {
    service_.script({answer(200, "<html>")});
    const auto output = connect()->call("ssm", "GetParameter", {});
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::internal);
}

TEST_F(HttpAwsApiTest, KnowsNoOtherServices) {
    const auto output = connect()->call("s3", "ListBuckets", {});
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::malformed_input);
    EXPECT_EQ(output.error().where, "s3:ListBuckets in account 111111111111");
    EXPECT_TRUE(service_.requests().empty());
}

}  // namespace
}  // namespace dsdash::aws
