#include "lambda/runtime_api.hpp"

#include <gtest/gtest.h>

#include "lambda/testing/runtime_answers.hpp"

namespace dsdash::lambda {
namespace {

const Invocation kInvocation{"r-1", {}, "", "", ""};

TEST(RuntimeApi, ReadsAnInvocation) {
    const auto deadline = parse_iso8601("2026-11-23T12:00:00Z").value();
    aws::ScriptedService service({next_answer(R"({"a":1})", "r-7", deadline)});
    const auto invocation = RuntimeApi(address_of(service)).next();
    ASSERT_TRUE(invocation) << invocation.error().message;
    EXPECT_EQ(invocation->request_id, "r-7");
    EXPECT_EQ(invocation->deadline, deadline);
    EXPECT_EQ(invocation->function_arn, "arn:aws:lambda:eu-west-1:111111111111:function:f");
    EXPECT_EQ(invocation->trace_id, "Root=1-a;Sampled=0");
    EXPECT_EQ(invocation->payload, R"({"a":1})");
    EXPECT_EQ(service.requests().at(0).method, "GET");
    EXPECT_EQ(service.requests().at(0).target, "/2018-06-01/runtime/invocation/next");
}

TEST(RuntimeApi, PostsAnAnswer) {
    aws::ScriptedService service({accepted()});
    ASSERT_TRUE(RuntimeApi(address_of(service)).respond(kInvocation, "{}"));
    EXPECT_EQ(service.requests().at(0).method, "POST");
    EXPECT_EQ(service.requests().at(0).target, "/2018-06-01/runtime/invocation/r-1/response");
    EXPECT_EQ(service.requests().at(0).body, "{}");
}

TEST(RuntimeApi, PostsAnError) {
    aws::ScriptedService service({accepted()});
    ASSERT_TRUE(RuntimeApi(address_of(service))
                    .report_error(kInvocation, {ErrorKind::denied, "no \"entry\"",
                                                "AccessDeniedException", "ssm:GetParameter", ""}));
    const auto request = service.requests().at(0);
    EXPECT_EQ(request.target, "/2018-06-01/runtime/invocation/r-1/error");
    EXPECT_EQ(request.headers.find("Lambda-Runtime-Function-Error-Type"), "AccessDeniedException");
    EXPECT_EQ(request.body, R"({"errorMessage":"no \"entry\" [ssm:GetParameter]",)"
                            R"("errorType":"AccessDeniedException","stackTrace":[]})");
}

TEST(RuntimeApi, PostsAnErrorOfTheBeginning) {
    aws::ScriptedService service({accepted()});
    ASSERT_TRUE(RuntimeApi(address_of(service))
                    .report_init_error({ErrorKind::not_found, "no handler", "", "", ""}));
    EXPECT_EQ(service.requests().at(0).target, "/2018-06-01/runtime/init/error");
    EXPECT_EQ(service.requests().at(0).headers.find("Lambda-Runtime-Function-Error-Type"),
              "Function.Error");
}

TEST(ErrorType, IsTheCodeOnlyWhereAHeaderTakesIt) {
    const auto of_code = [](std::string code) {
        const Error error{ErrorKind::internal, "no", std::move(code), "", ""};
        return std::string(error_type(error));
    };
    EXPECT_EQ(of_code("Function.ResponseSizeTooLarge"), "Function.ResponseSizeTooLarge");
    for (const auto& code : {std::string("a\r\nX: y"), std::string("a b"), std::string("\xc3\xa9"),
                             std::string(257, 'a')}) {
        EXPECT_EQ(of_code(code), "Function.Error") << code;
    }
}

TEST(RuntimeApi, ReportsAnAnswerThatIsTooLargeAsAnError) {
    aws::ScriptedService service({aws::answer(413, "{}"), accepted()});
    ASSERT_TRUE(RuntimeApi(address_of(service)).respond(kInvocation, "{}"));
    ASSERT_EQ(service.requests().size(), 2U);
    EXPECT_EQ(service.requests().at(1).target, "/2018-06-01/runtime/invocation/r-1/error");
    EXPECT_NE(service.requests().at(1).body.find("Function.ResponseSizeTooLarge"),
              std::string::npos);
}

TEST(RuntimeApi, TrustsNoInvocationWithoutIdOrDeadline) {
    auto without_id = next_answer("{}", "");
    auto forged_id = next_answer("{}", "../../x");
    auto bad_deadline = aws::answer(200, "{}");
    bad_deadline.headers.add("Lambda-Runtime-Aws-Request-Id", "r-1");
    bad_deadline.headers.add("Lambda-Runtime-Deadline-Ms", "99999999999999999");
    for (const auto& bad : {without_id, forged_id, bad_deadline, aws::answer(200, "")}) {
        aws::ScriptedService service({bad});
        EXPECT_FALSE(RuntimeApi(address_of(service)).next());
    }
}

TEST(RuntimeApi, EndsWithTheRuntime) {
    aws::ScriptedService service({runtime_is_gone()});
    RuntimeApi runtime(address_of(service));
    EXPECT_EQ(runtime.next().error().message,
              "the Runtime API answered HTTP 500 to /2018-06-01/runtime/invocation/next");
    EXPECT_FALSE(RuntimeApi("127.0.0.1:1").respond(kInvocation, "{}"));
}

}  // namespace
}  // namespace dsdash::lambda
