#include "lambda/function_host.hpp"

#include <gtest/gtest.h>

#include "lambda/testing/runtime_answers.hpp"

namespace dsdash::lambda {
namespace {

class FunctionHostTest : public testing::Test {
  protected:
    FunctionHostTest() {
        variables = {{"_HANDLER", "refresh"},        {"AWS_REGION", "eu-west-1"},
                     {"AWS_ACCESS_KEY_ID", "AKID"},  {"AWS_SECRET_ACCESS_KEY", "s"},
                     {"AWS_SESSION_TOKEN", "TOKEN"}, {"AWS_ENDPOINT_URL", service.origin()}};
        invocation = {"r-1", clock.now() + std::chrono::seconds(30),
                      "arn:aws:lambda:eu-west-1:111111111111:function:f:live", "Root=1-a", "{}"};
    }

    aws::ScriptedService service;
    SystemClock clock;
    functions::Environment variables;
    Invocation invocation;
};

TEST_F(FunctionHostTest, RunsTheHandlersFunctionOnTheServicesOfAws) {
    service.script({aws::answer(200, R"({"Parameters":[{"Name":"/monitored_projects/churn/dev",)"
                                     R"("Value":"222222222222"}]})"),
                    aws::answer(200, R"({"FailedEntryCount":0,"Entries":[{"EventId":"e-1"}]})")});
    auto host = FunctionHost::create(variables, clock);
    ASSERT_TRUE(host) << host.error().message;
    const auto answer = (*host)->handle(invocation);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_NE(answer->find(R"("EventId":"e-1")"), std::string::npos);
    EXPECT_NE(answer->find("222222222222"), std::string::npos);
    const auto requests = service.requests();
    ASSERT_EQ(requests.size(), 2U) << "STS is not asked for the account";
    EXPECT_EQ(requests[0].headers.find("X-Amz-Target"), "AmazonSSM.GetParametersByPath");
    EXPECT_EQ(requests[1].headers.find("X-Amz-Target"), "AWSEvents.PutEvents");
    EXPECT_EQ(requests[1].headers.find("X-Amz-Security-Token"), "TOKEN");
    EXPECT_EQ(requests[1].headers.find("X-Amzn-Trace-Id"), "Root=1-a");
}

TEST_F(FunctionHostTest, RefusesARetentionThatIsNoNumberOfDays) {
    for (const auto* days : {"0", "soon", "30 days"}) {
        variables["RETENTION_DAYS"] = days;
        const auto host = FunctionHost::create(variables, clock);
        ASSERT_FALSE(host) << days;
        EXPECT_EQ(host.error().kind, ErrorKind::malformed_input);
        EXPECT_NE(host.error().message.find("RETENTION_DAYS"), std::string::npos);
    }
}

TEST_F(FunctionHostTest, KnowsTheFourHandlersOnly) {
    for (const auto* handler : {"connection", "extraction", "archive", "refresh"}) {
        variables["_HANDLER"] = handler;
        EXPECT_TRUE(FunctionHost::create(variables, clock)) << handler;
    }
    for (const auto* handler : {"", "Refresh", "main.handler"}) {
        variables["_HANDLER"] = handler;
        EXPECT_EQ(FunctionHost::create(variables, clock).error().code, "Runtime.NoSuchHandler");
    }
}

TEST_F(FunctionHostTest, PreparesTlsWithAmazonsRootsOrThoseThatAreGiven) {
    variables.erase("AWS_ENDPOINT_URL");
    EXPECT_TRUE(FunctionHost::create(variables, clock));
    variables["AWS_CA_BUNDLE"] = "/nonexistent/ca.pem";
    EXPECT_EQ(FunctionHost::create(variables, clock).error().kind, ErrorKind::not_found);
}

TEST_F(FunctionHostTest, DoesNotBeginWhatItCannotEndInTime) {
    auto host = FunctionHost::create(variables, clock);
    ASSERT_TRUE(host);
    invocation.deadline = clock.now() + std::chrono::milliseconds(400);
    EXPECT_EQ((*host)->handle(invocation).error().kind, ErrorKind::timed_out);
    EXPECT_TRUE(service.requests().empty());
}

TEST_F(FunctionHostTest, NeedsTheAccountOfAnArn) {
    auto host = FunctionHost::create(variables, clock);
    ASSERT_TRUE(host);
    invocation.function_arn = "f";
    EXPECT_EQ((*host)->handle(invocation).error().kind, ErrorKind::internal);
}

}  // namespace
}  // namespace dsdash::lambda
