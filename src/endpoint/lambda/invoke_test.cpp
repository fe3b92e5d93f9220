#include <gtest/gtest.h>

#include "endpoint/testing/operation_fixture.hpp"

namespace dsdash::endpoint {
namespace {

class LambdaInvoke : public OperationFixture {
  protected:
    LambdaInvoke() : OperationFixture(lambda_service()) { add_function(hub(), "f"); }

    void answer_with(Result<std::string> answer) {
        runtime_.on_invoke = [answer](embedded::Account&, const embedded::FunctionRecord&,
                                      std::string_view) { return answer; };
    }
    static std::string invocation(std::string_view name, std::string_view payload,
                                  std::string_view type = "RequestResponse") {
        return json::serialize(
            json::object{{"FunctionName", name}, {"Payload", payload}, {"InvocationType", type}});
    }
};

TEST_F(LambdaInvoke, AnswersWithTheFunctionsPayload) {
    answer_with(R"({"a":0.10})");
    EXPECT_EQ(answer("Invoke", invocation("f", R"({"action":"EBPut"})")),
              R"({"StatusCode":200,"Payload":"{\"a\":0.10}","ExecutedVersion":"$LATEST"})");
    EXPECT_EQ(runtime_.invocations(), std::vector<std::string>{R"({"action":"EBPut"})"});
}

TEST_F(LambdaInvoke, FindsTheFunctionByEveryFormOfItsName) {
    for (const auto* name :
         {"f", "f:$LATEST", "111111111111:function:f", "111111111111:function:f:$LATEST",
          "arn:aws:lambda:eu-west-1:111111111111:function:f",
          "arn:aws:lambda:eu-west-1:111111111111:function:f:$LATEST"}) {
        EXPECT_TRUE(call("Invoke", invocation(name, "{}"))) << name;
        EXPECT_EQ(resource("Invoke", invocation(name, "{}")),
                  "arn:aws:lambda:eu-west-1:111111111111:function:f");
    }
    EXPECT_TRUE(call("Invoke", R"({"FunctionName":"f","Qualifier":"$LATEST"})"));
}

TEST_F(LambdaInvoke, RefusesNamesOfWhatIsNotThere) {
    for (const auto* name : {"g", "f:1", "f:prod", "111111111111:function:g"}) {
        EXPECT_EQ(answer("Invoke", invocation(name, "{}")), "ResourceNotFoundException") << name;
    }
    EXPECT_EQ(refusal("Invoke", invocation("g", "{}")).message,
              "Function not found: arn:aws:lambda:eu-west-1:111111111111:function:g");
    EXPECT_EQ(answer("Invoke", R"({"FunctionName":"f","Qualifier":"7"})"),
              "ResourceNotFoundException");
    for (const auto* name :
         {"222222222222:function:f", "arn:aws:lambda:eu-west-1:222222222222:function:f",
          "arn:aws:lambda:us-east-1:111111111111:function:f"}) {
        EXPECT_EQ(answer("Invoke", invocation(name, "{}")), "AccessDeniedException") << name;
    }
    for (const auto& name :
         {std::string(), std::string("a b"), std::string("f:a:b"), std::string("arn:aws:lambda"),
          std::string("arn:aws:s3:eu-west-1:111111111111:function:f"), std::string("../f"),
          std::string(300, 'f')}) {
        EXPECT_EQ(refusal("Invoke", invocation(name, "{}")).kind, ErrorKind::malformed_input)
            << name;
    }
    EXPECT_TRUE(runtime_.invocations().empty());
}

TEST_F(LambdaInvoke, AnInvocationWithoutPayloadGetsAnEmptyEvent) {
    ASSERT_TRUE(call("Invoke", R"({"FunctionName":"f"})"));
    ASSERT_TRUE(call("Invoke", R"({"FunctionName":"f","Payload":""})"));
    EXPECT_EQ(runtime_.invocations(), (std::vector<std::string>{"{}", "{}"}));
}

TEST_F(LambdaInvoke, AFunctionsErrorIsAnAnswerAndNoFault) {
    answer_with(fail(ErrorKind::denied, "not allowed", "AccessDeniedException"));
    EXPECT_EQ(answer("Invoke", invocation("f", "{}")),
              R"({"StatusCode":200,"FunctionError":"Unhandled","Payload":)"
              R"("{\"errorMessage\":\"not allowed\",\"errorType\":\"AccessDeniedException\"}",)"
              R"("ExecutedVersion":"$LATEST"})");
    answer_with(fail(ErrorKind::timed_out, "Task timed out after 3.00 seconds"));
    EXPECT_NE(answer("Invoke", invocation("f", "{}")).find("Sandbox.Timedout"), std::string::npos);
}

TEST_F(LambdaInvoke, RefusesAnAnswerThatIsTooLarge) {
    answer_with(std::string(6 * 1024 * 1024 + 1, ' '));
    const auto output = call("Invoke", invocation("f", "{}")).value();
    EXPECT_EQ(output.at("FunctionError"), "Unhandled");
    EXPECT_NE(std::string(output.at("Payload").get_string()).find("6291456 bytes"),
              std::string::npos);
}

TEST_F(LambdaInvoke, AnEventInvocationIsQueuedBeforeItIsAcknowledged) {
    EXPECT_EQ(answer("Invoke", invocation("f", R"({"a":1})", "Event")),
              R"({"StatusCode":202,"Payload":""})");
    EXPECT_TRUE(runtime_.invocations().empty());
    open();
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(runtime_.invocations(), std::vector<std::string>{R"({"a":1})"});
}

TEST_F(LambdaInvoke, ADryRunRunsNothing) {
    EXPECT_EQ(answer("Invoke", invocation("f", "{}", "DryRun")),
              R"({"StatusCode":204,"Payload":""})");
    EXPECT_EQ(answer("Invoke", invocation("g", "{}", "DryRun")), "ResourceNotFoundException");
    EXPECT_EQ(engine_->run_due(), 0U);
    EXPECT_TRUE(runtime_.invocations().empty());
}

TEST_F(LambdaInvoke, RefusesPayloadsThatAreNoJsonOrTooLarge) {
    for (const auto& payload :
         {std::string("{"), std::string("eyJhY3Rpb24iOiJFQlB1dCJ9"), std::string("{} x"),
          std::string("NaN"), std::string(100'000, '['), std::string("\"\xff\"")}) {
        for (const auto* type : {"RequestResponse", "Event", "DryRun"}) {
            const json::object input{
                {"FunctionName", "f"}, {"Payload", payload}, {"InvocationType", type}};
            const auto refused = run_as(hub(), "Invoke", input);
            ASSERT_FALSE(refused) << payload.substr(0, 30);
            EXPECT_EQ(refused.error().code, "InvalidRequestContentException");
        }
    }
    const auto text = [](std::size_t bytes) {
        return fmt::format(R"("{}")", std::string(bytes - 2, 'x'));
    };
    EXPECT_TRUE(call("Invoke", invocation("f", text(6 * 1024 * 1024))));
    EXPECT_EQ(answer("Invoke", invocation("f", text(6 * 1024 * 1024 + 1))),
              "RequestTooLargeException");
    EXPECT_TRUE(call("Invoke", invocation("f", text(1024 * 1024), "Event")));
    EXPECT_EQ(answer("Invoke", invocation("f", text(1024 * 1024 + 1), "Event")),
              "RequestTooLargeException");
}

TEST_F(LambdaInvoke, RefusesOtherTypes) {
    EXPECT_EQ(answer("Invoke", invocation("f", "{}", "Maybe")), "InvalidParameterValueException");
    EXPECT_EQ(refusal("Invoke", R"({"FunctionName":"f","Payload":{}})").kind,
              ErrorKind::malformed_input);
    EXPECT_EQ(refusal("Invoke", "{}").message, "FunctionName is required");
}

}  // namespace
}  // namespace dsdash::endpoint
