// What goes wrong between us and AWS, one day or another: each ends in a retry or in an error that
// says what it was.
#include <gtest/gtest.h>

#include <atomic>

#include "aws/credentials/cached_credentials.hpp"
#include "aws/http_aws_api.hpp"
#include "aws/testing/credentials_fixture.hpp"
#include "aws/testing/scripted_service.hpp"

namespace dsdash::aws {
namespace {

class SetClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override { return time; }
    TimePoint time = SystemClock().now();
};

class BadDay : public testing::Test {
  protected:
    std::unique_ptr<HttpAwsApi> connect(std::shared_ptr<CredentialsProvider> credentials = nullptr,
                                        std::string origin = {}) {
        if (credentials == nullptr) {
            credentials = std::make_shared<FixedCredentials>(
                Credentials{"AKID", SecretKey("secret"), "FIXED"});
        }
        return HttpAwsApi::connect(
                   {std::move(credentials),
                    Region::parse("eu-west-1").value(),
                    AccountId::parse("111111111111").value(),
                    origin.empty() ? service_.origin() : std::move(origin),
                    {},
                    {}},
                   {clock_, [this](std::chrono::milliseconds) { ++sleeps_; }, [] { return 0.0; }})
            .value();
    }
    static Result<json::object> get(HttpAwsApi& api) {
        return api.call("ssm", "GetParameter", {{"Name", "/a"}});
    }
    std::string_view token_of_request(std::size_t index) {
        requests_ = service_.requests();
        return requests_.at(index).headers.find("X-Amz-Security-Token").value_or("");
    }

    SetClock clock_;
    int sleeps_ = 0;
    ScriptedService service_;
    std::vector<http::Request> requests_;
};

const auto kExpired = answer(400, R"({"__type":"ExpiredTokenException","message":"expired"})");

TEST_F(BadDay, ATokenExpiresMidRun) {
    auto source = std::make_unique<ScriptedCredentials>();
    source->script = {Credentials{"A", SecretKey("s"), "old"},
                      Credentials{"A", SecretKey("s"), "new"}};
    const auto api = connect(std::make_shared<CachedCredentials>(std::move(source)));
    service_.script({answer(200, "{}"), kExpired, answer(200, "{}")});
    EXPECT_TRUE(get(*api));
    EXPECT_TRUE(get(*api));
    EXPECT_EQ(token_of_request(1), "old");
    EXPECT_EQ(token_of_request(2), "new");
    EXPECT_EQ(sleeps_, 0);
}

TEST_F(BadDay, ATokenExpiresAndThereIsNoOther) {
    service_.script({kExpired});
    const auto output = get(*connect());
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::denied);
    EXPECT_EQ(output.error().code, "ExpiredTokenException");
    EXPECT_EQ(output.error().where, "ssm:GetParameter in account 111111111111");
    EXPECT_EQ(service_.requests().size(), 1U) << "the same again cannot help";
}

TEST_F(BadDay, ThisMachinesClockIsWrong) {
    clock_.time -= std::chrono::hours(3);
    service_.script({answer(400, R"({"__type":"InvalidSignatureException",)"
                                 R"("message":"Signature expired"})"),
                     answer(200, "{}"), answer(200, "{}")});
    const auto api = connect();
    EXPECT_TRUE(get(*api));
    EXPECT_TRUE(get(*api));
    const auto requests = service_.requests();
    ASSERT_EQ(requests.size(), 3U) << "the correction is kept";
    const auto dated = parse_amz_date(requests[1].headers.find("X-Amz-Date").value()).value();
    EXPECT_LT(std::chrono::abs(dated - SystemClock().now()), std::chrono::minutes(1));
}

TEST_F(BadDay, AClockThatIsRightIsNotBlamed) {
    service_.script({answer(403, R"({"__type":"InvalidSignatureException","message":"no"})")});
    EXPECT_EQ(get(*connect()).error().kind, ErrorKind::denied);
    EXPECT_EQ(service_.requests().size(), 1U);
}

TEST_F(BadDay, AProxyAnswersInHtml) {
    service_.script(
        {answer(500, "<html>oh</html>"), answer(502, "<html>dear</html>"), answer(200, "{}")});
    EXPECT_TRUE(get(*connect()));
    EXPECT_EQ(sleeps_, 2);
}

TEST_F(BadDay, AnAnswerIsNoJson) {
    service_.script({answer(200, "<html>")});
    const auto output = get(*connect());
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::internal);
}

TEST_F(BadDay, AServiceIsSlow) {
    std::atomic<bool> release = false;
    const auto server = http::Server::start({}, [&](const http::Request&) {
        release.wait(false);
        return http::Response{};
    });
    const auto api = connect(nullptr, "http://127.0.0.1:" + std::to_string((*server)->port()));
    api->set_deadline(clock_.time + std::chrono::milliseconds(50));
    const auto begun = std::chrono::steady_clock::now();
    const auto output = get(*api);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::timed_out);
    clock_.time += std::chrono::seconds(1);
    EXPECT_EQ(get(*api).error().kind, ErrorKind::timed_out) << "and nothing is begun any more";
    release = true;
    release.notify_all();
}

TEST_F(BadDay, NobodyIsThere) {
    const auto output = get(*connect(nullptr, "http://127.0.0.1:1"));
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::unreachable);
    EXPECT_EQ(sleeps_, 2);
}

TEST_F(BadDay, AHostHasNoAddress) {
    const auto output = get(*connect(nullptr, "http://nobody.invalid"));
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().kind, ErrorKind::unreachable);
    EXPECT_NE(output.error().message.find("cannot resolve nobody.invalid"), std::string::npos);
}

TEST_F(BadDay, CredentialsCannotBeHadForAMoment) {
    auto source = std::make_shared<ScriptedCredentials>();
    source->script = {fail(ErrorKind::unreachable, "no metadata"),
                      Credentials{"A", SecretKey("s"), "T"}};
    service_.script({answer(200, "{}")});
    EXPECT_TRUE(get(*connect(source)));
    EXPECT_EQ(sleeps_, 1);
}

TEST_F(BadDay, ATraceIsPassedOn) {
    service_.script({answer(200, "{}")});
    const auto api = connect();
    api->set_trace_id("Root=1-a;Sampled=0");
    EXPECT_TRUE(get(*api));
    EXPECT_EQ(service_.requests().at(0).headers.find("X-Amzn-Trace-Id"), "Root=1-a;Sampled=0");
}

}  // namespace
}  // namespace dsdash::aws
