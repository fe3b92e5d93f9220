#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>

#include "embedded/ledger/endpoint_ledger.hpp"
#include "embedded/ledger/job_ledger.hpp"
#include "endpoint/dsdash/operations.hpp"
#include "endpoint/health_probe.hpp"
#include "endpoint/testing/service_caller.hpp"
#include "http/server.hpp"

namespace dsdash::endpoint {
namespace {

constexpr std::array kLedgerOperations{
    OperationEntry{"StartJob", start_job},
    OperationEntry{"HeartbeatJob", heartbeat_job},
    OperationEntry{"FinishJob", finish_job},
    OperationEntry{"RegisterEndpoint", register_endpoint},
    OperationEntry{"DeregisterEndpoint", deregister_endpoint},
};
constexpr Service kLedgers{"dsdash", "DsDash", "1.1", "", kLedgerOperations};

/// A model server whose health address answers with a status that the test chooses.
class ModelServer {
  public:
    [[nodiscard]] std::string url(std::string_view path) const {
        return fmt::format("http://127.0.0.1:{}{}", server_->port(), path);
    }
    std::atomic<int> status = 200;

  private:
    std::unique_ptr<http::Server> server_ =
        http::Server::start({}, [this](const http::Request& request) {
            http::Response response;
            response.status = request.target == "/ping" ? status.load() : 404;
            response.headers.add("Location", "/elsewhere");
            return response;
        }).value();
};

class Ledgers : public testing::Test {
  protected:
    std::string job_status(std::string_view name) {
        return fixture_.account().jobs().find(name).value().value().status;
    }
    std::string endpoint_status(std::string_view name) {
        return fixture_.account().endpoints().find(name).value().value().status;
    }
    Result<json::object> register_at(const std::string& url) {
        return fixture_.call("RegisterEndpoint",
                             json::serialize(json::object{{"EndpointName", "e"}, {"Url", url}}));
    }

    ServiceCaller fixture_{kLedgers};
};

TEST_F(Ledgers, RecordsAJobFromStartToEnd) {
    const auto started =
        fixture_.call("StartJob", R"({"JobName":"train-1","Command":["./train","--x"]})").value();
    EXPECT_EQ(started.at("TrainingJobArn"),
              "arn:aws:sagemaker:eu-west-1:111111111111:training-job/train-1");
    EXPECT_TRUE(fixture_.call("HeartbeatJob", R"({"JobName":"train-1"})"));
    EXPECT_EQ(job_status("train-1"), "InProgress");
    EXPECT_TRUE(fixture_.call(
        "FinishJob", R"({"JobName":"train-1","Status":"Failed","FailureReason":"bad data"})"));
    EXPECT_EQ(job_status("train-1"), "Failed");
}

TEST_F(Ledgers, RefusesBadJobs) {
    EXPECT_EQ(fixture_.refusal("StartJob", R"({"JobName":"a"})"), "ValidationException");
    EXPECT_EQ(fixture_.refusal("StartJob", R"({"JobName":"a","Command":[]})"),
              "ValidationException");
    EXPECT_EQ(fixture_.refusal("StartJob", R"({"JobName":"a","Command":[1]})"),
              "ValidationException");
    EXPECT_EQ(fixture_.refusal("StartJob", R"({"JobName":"a/b","Command":["x"]})"),
              "ValidationException");
    EXPECT_EQ(fixture_.refusal("HeartbeatJob", R"({"JobName":"none"})"), "ResourceNotFound");
    EXPECT_EQ(fixture_.refusal("FinishJob", R"({"JobName":"none","Status":"Completed"})"),
              "ResourceNotFound");
    EXPECT_EQ(fixture_.refusal("FinishJob", R"({"JobName":"none"})"), "ValidationException");
}

TEST_F(Ledgers, PutsAnEndpointThatAnswersInServiceAtOnce) {
    const ModelServer server;
    const auto registered = register_at(server.url("/invocations")).value();
    EXPECT_EQ(registered.at("EndpointArn"), "arn:aws:sagemaker:eu-west-1:111111111111:endpoint/e");
    EXPECT_EQ(endpoint_status("e"), "InService");
    EXPECT_TRUE(fixture_.call("DeregisterEndpoint", R"({"EndpointName":"e"})"));
    EXPECT_EQ(fixture_.refusal("DeregisterEndpoint", R"({"EndpointName":"e"})"),
              "ResourceNotFound");
}

TEST_F(Ledgers, RegistersAnEndpointThatDoesNotAnswerOutOfService) {
    std::string gone;
    {
        const ModelServer server;
        gone = server.url("/");
    }
    ASSERT_TRUE(register_at(gone));
    EXPECT_EQ(endpoint_status("e"), "OutOfService");
}

TEST_F(Ledgers, RefusesBadEndpoints) {
    EXPECT_EQ(register_at("http://10.0.0.1/").error().kind, ErrorKind::malformed_input);
    EXPECT_EQ(fixture_.refusal("RegisterEndpoint", R"({"EndpointName":"e"})"),
              "ValidationException");
    EXPECT_EQ(fixture_.refusal("RegisterEndpoint", R"({"Url":"http://127.0.0.1/"})"),
              "ValidationException");
    EXPECT_FALSE(fixture_.account().endpoints().find("e").value());
}

TEST(HealthProbe, TakesTwoHundredsForHealthy) {
    ModelServer server;
    for (int status : {200, 204, 299}) {
        server.status = status;
        EXPECT_TRUE(answers_health_check(server.url("/ping"))) << status;
    }
    for (int status : {301, 302, 400, 404, 500, 503}) {
        server.status = status;
        EXPECT_FALSE(answers_health_check(server.url("/ping"))) << status;
    }
}

TEST(HealthProbe, AsksThisMachineOnly) {
    EXPECT_FALSE(answers_health_check("http://10.255.255.1/ping"));
    EXPECT_FALSE(answers_health_check("no url"));
}

}  // namespace
}  // namespace dsdash::endpoint
