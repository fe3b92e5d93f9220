#include "aws/lambda_rest.hpp"

#include <gtest/gtest.h>

namespace dsdash::aws {
namespace {

TEST(LambdaRest, PutsInvokesInputWhereItBelongs) {
    const auto request =
        make_lambda_request("Invoke", {{"FunctionName", "arn:aws:lambda:r:1:function:f"},
                                       {"InvocationType", "Event"},
                                       {"LogType", "None"},
                                       {"Qualifier", "$LATEST"},
                                       {"Payload", R"({"action":"EBPut"})"}});
    ASSERT_TRUE(request) << request.error().message;
    EXPECT_EQ(request->method, "POST");
    EXPECT_EQ(request->target,
              "/2015-03-31/functions/arn%3Aaws%3Alambda%3Ar%3A1%3Afunction%3Af/invocations"
              "?Qualifier=%24LATEST");
    EXPECT_EQ(request->headers.find("X-Amz-Invocation-Type"), "Event");
    EXPECT_EQ(request->headers.find("X-Amz-Log-Type"), "None");
    EXPECT_EQ(request->body, R"({"action":"EBPut"})");
}

TEST(LambdaRest, ReadsInvokesOutput) {
    http::Response response;
    response.body = "{}";
    response.headers.add("x-amz-function-error", "Unhandled");
    const auto output = read_lambda_output("Invoke", response);
    ASSERT_TRUE(output);
    EXPECT_EQ(
        *output,
        (json::object{{"StatusCode", 200}, {"Payload", "{}"}, {"FunctionError", "Unhandled"}}));
}

TEST(LambdaRest, ListsAndGetsFunctions) {
    const auto list = make_lambda_request("ListFunctions", {{"MaxItems", 5}, {"Marker", "a b"}});
    ASSERT_TRUE(list);
    EXPECT_EQ(list->method, "GET");
    EXPECT_EQ(list->target, "/2015-03-31/functions/?Marker=a%20b&MaxItems=5");
    EXPECT_EQ(make_lambda_request("GetFunction", {{"FunctionName", "f"}})->target,
              "/2015-03-31/functions/f");
    http::Response response;
    response.body = R"({"Functions":[]})";
    EXPECT_EQ(read_lambda_output("ListFunctions", response),
              (json::object{{"Functions", json::array{}}}));
}

TEST(LambdaRest, LetsNoNameLeaveItsPlaceInThePath) {
    EXPECT_EQ(make_lambda_request("GetFunction", {{"FunctionName", "../a?b#c\r\n"}})->target,
              "/2015-03-31/functions/..%2Fa%3Fb%23c%0D%0A");
}

TEST(LambdaRest, NamesTheFieldThatIsWrong) {
    const auto message = [](std::string_view operation, const json::object& input) {
        const auto request = make_lambda_request(operation, input);
        return request ? "" : request.error().message;
    };
    EXPECT_NE(message("Invoke", {}).find("FunctionName"), std::string::npos);
    EXPECT_NE(message("Invoke", {{"FunctionName", "f"}, {"Payload", 1}}).find("Payload"),
              std::string::npos);
    EXPECT_NE(message("ListFunctions", {{"MaxItems", true}}).find("MaxItems"), std::string::npos);
    EXPECT_NE(message("DeleteFunction", {}).find("DeleteFunction"), std::string::npos);
}

}  // namespace
}  // namespace dsdash::aws
