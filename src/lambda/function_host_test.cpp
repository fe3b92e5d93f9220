#include "lambda/function_host.hpp"

#include <gtest/gtest.h>

#include "lambda/testing/runtime_answers.hpp"

namespace dsdash::lambda {
namespace {

class FunctionHostTest : public testing::Test {
  protected:
    FunctionHostTest() {
        variables_ = {{"_HANDLER", "refresh"},        {"AWS_REGION", "eu-west-1"},
                      {"AWS_ACCESS_KEY_ID", "AKID"},  {"AWS_SECRET_ACCESS_KEY", "s"},
                      {"AWS_SESSION_TOKEN", "TOKEN"}, {"AWS_ENDPOINT_URL", service_.origin()}};
        invocation_ = {"r-1", clock_.now() + std::chrono::seconds(30),
                       "arn:aws:lambda:eu-west-1:111111111111:function:f:live", "Root=1-a", "{}"};
    }

    aws::ScriptedService service_;
    SystemClock clock_;
    functions::Environment variables_;
    Invocation invocation_;
};

TEST_F(FunctionHostTest, RunsTheHandlersFunctionOnTheServicesOfAws) {
    service_.script({aws::answer(200, R"({"Parameters":[{"Name":"/monitored_projects/churn/dev",)"
                                      R"("Value":"222222222222"}]})"),
                     aws::answer(200, R"({"FailedEntryCount":0,"Entries":[{"EventId":"e-1"}]})")});
    auto host = FunctionHost::create(variables_, clock_);
    ASSERT_TRUE(host) << host.error().message;
    const auto answer = (*host)->handle(invocation_);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_NE(answer->find(R"("EventId":"e-1")"), std::string::npos);
    EXPECT_NE(answer->find("222222222222"), std::string::npos);
    const auto requests = service_.requests();
    ASSERT_EQ(requests.size(), 2U) << "STS is not asked for the account";
    EXPECT_EQ(requests[0].headers.find("X-Amz-Target"), "AmazonSSM.GetParametersByPath");
    EXPECT_EQ(requests[1].headers.find("X-Amz-Target"), "AWSEvents.PutEvents");
    EXPECT_EQ(requests[1].headers.find("X-Amz-Security-Token"), "TOKEN");
    EXPECT_EQ(requests[1].headers.find("X-Amzn-Trace-Id"), "Root=1-a");
}

TEST_F(FunctionHostTest, RefusesARetentionThatIsNoNumberOfDays) {
    for (const auto* days : {"0", "soon", "30 days"}) {
        variables_["RETENTION_DAYS"] = days;
        const auto host = FunctionHost::create(variables_, clock_);
        ASSERT_FALSE(host) << days;
        EXPECT_EQ(host.error().kind, ErrorKind::malformed_input);
        EXPECT_NE(host.error().message.find("RETENTION_DAYS"), std::string::npos);
    }
}

TEST_F(FunctionHostTest, KnowsTheFourHandlersOnly) {
    for (const auto* handler : {"connection", "extraction", "archive", "refresh"}) {
        variables_["_HANDLER"] = handler;
        EXPECT_TRUE(FunctionHost::create(variables_, clock_)) << handler;
    }
    for (const auto* handler : {"", "Refresh", "main.handler"}) {
        variables_["_HANDLER"] = handler;
        EXPECT_EQ(FunctionHost::create(variables_, clock_).error().code, "Runtime.NoSuchHandler");
    }
}

TEST_F(FunctionHostTest, PreparesTlsWithAmazonsRootsOrThoseThatAreGiven) {
    variables_.erase("AWS_ENDPOINT_URL");
    EXPECT_TRUE(FunctionHost::create(variables_, clock_));
    variables_["AWS_CA_BUNDLE"] = "/nonexistent/ca.pem";
    EXPECT_EQ(FunctionHost::create(variables_, clock_).error().kind, ErrorKind::not_found);
}

TEST_F(FunctionHostTest, DoesNotBeginWhatItCannotEndInTime) {
    auto host = FunctionHost::create(variables_, clock_);
    ASSERT_TRUE(host);
    invocation_.deadline = clock_.now() + std::chrono::milliseconds(400);
    EXPECT_EQ((*host)->handle(invocation_).error().kind, ErrorKind::timed_out);
    EXPECT_TRUE(service_.requests().empty());
}

TEST_F(FunctionHostTest, NeedsTheAccountOfAnArn) {
    auto host = FunctionHost::create(variables_, clock_);
    ASSERT_TRUE(host);
    invocation_.function_arn = "f";
    EXPECT_EQ((*host)->handle(invocation_).error().kind, ErrorKind::internal);
}

}  // namespace
}  // namespace dsdash::lambda
