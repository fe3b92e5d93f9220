#include "endpoint/lambda_rest.hpp"

#include <gtest/gtest.h>

namespace dsdash::endpoint {
namespace {

http::Request request(std::string method, std::string target, std::string body = "") {
    http::Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.body = std::move(body);
    return request;
}

/// "Operation {input}", or nothing.
std::string matched(const http::Request& request) {
    const auto call = match_lambda_rest(request);
    return call ? call->operation + " " + json::serialize(call->input) : "";
}

TEST(LambdaRest, ReadsAnInvocation) {
    // As awscli sends it (shared/data/wire_awscli_1.45.11.txt).
    auto invoke = request("POST", "/2015-03-31/functions/ds-dashboard-connection/invocations",
                          R"({"action":"EBPut"})");
    EXPECT_EQ(matched(invoke), R"(Invoke {"FunctionName":"ds-dashboard-connection",)"
                               R"("Payload":"{\"action\":\"EBPut\"}"})");
    invoke.target += "?Qualifier=%24LATEST";
    invoke.headers.add("X-Amz-Invocation-Type", "Event");
    invoke.headers.add("x-amz-log-type", "None");
    EXPECT_EQ(matched(invoke), R"(Invoke {"FunctionName":"ds-dashboard-connection",)"
                               R"("Payload":"{\"action\":\"EBPut\"}","Qualifier":"$LATEST",)"
                               R"("InvocationType":"Event","LogType":"None"})");
}

TEST(LambdaRest, DecodesTheNameOfAFunction) {
    EXPECT_EQ(matched(request("GET",
                              "/2015-03-31/functions/"
                              "arn%3Aaws%3Alambda%3Aeu-west-1%3A111111111111%3Afunction%3Af")),
              R"(GetFunction {"FunctionName":"arn:aws:lambda:eu-west-1:111111111111:function:f"})");
    EXPECT_EQ(matched(request("GET", "/2015-03-31/functions/f%2Finvocations?Qualifier=1&x=y")),
              R"(GetFunction {"FunctionName":"f/invocations","Qualifier":"1"})");
}

TEST(LambdaRest, ReadsAListing) {
    EXPECT_EQ(matched(request("GET", "/2015-03-31/functions")), "ListFunctions {}");
    EXPECT_EQ(matched(request("GET",
                              "/2015-03-31/functions/?FunctionVersion=ALL&MaxItems=5&"
                              "Marker=a%20b")),
              R"(ListFunctions {"Marker":"a b","MaxItems":5})");
    EXPECT_EQ(matched(request("GET", "/2015-03-31/functions/?MaxItems=five&Marker")),
              R"(ListFunctions {"Marker":"","MaxItems":"five"})");
}

TEST(LambdaRest, MatchesNothingElse) {
    for (const auto& [method, target] : std::vector<std::pair<std::string, std::string>>{
             {"GET", ""},
             {"GET", "/"},
             {"POST", "/2015-03-31/functions"},
             {"POST", "/2015-03-31/functions/"},
             {"POST", "/2015-03-31/functions/f"},
             {"DELETE", "/2015-03-31/functions/f"},
             {"PUT", "/2015-03-31/functions/f/invocations"},
             {"GET", "/2015-03-31/functions/f/invocations"},
             {"GET", "/2015-03-31/functions/f/policy"},
             {"POST", "/2015-03-31/functions//invocations"},
             {"POST", "/2015-03-31/functions/a/b/invocations"},
             {"POST", "/2015-03-31/functions/invocations"},
             {"GET", "/2015-03-31/functionsx"},
             {"GET", "/2015-03-31/functions/%"},
             {"GET", "/2015-03-31/functions/%zz"},
             {"GET", "/2014-11-13/functions/f"}}) {
        EXPECT_EQ(matched(request(method, target)), "") << method << " " << target;
    }
}

TEST(LambdaRest, EveryPrefixOfATargetIsReadWithoutHarm) {
    const std::string target = "/2015-03-31/functions/f%3Ag/invocations?Qualifier=%24LATEST&a=%";
    for (std::size_t length = 0; length <= target.size(); ++length) {
        for (const auto* method : {"GET", "POST"}) {
            const auto call = match_lambda_rest(request(method, target.substr(0, length)));
            EXPECT_FALSE(call && call->operation.empty());
        }
    }
}

TEST(LambdaRest, AnswersAnInvocationWithItsPayload) {
    const auto response = render_lambda_rest("Invoke", {{"StatusCode", 200},
                                                        {"Payload", R"({"errorMessage":"no"})"},
                                                        {"FunctionError", "Unhandled"},
                                                        {"ExecutedVersion", "$LATEST"}});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"errorMessage":"no"})");
    EXPECT_EQ(response.headers.find("X-Amz-Function-Error"), "Unhandled");
    EXPECT_EQ(response.headers.find("X-Amz-Executed-Version"), "$LATEST");
}

TEST(LambdaRest, AnswersAnEventInvocationWithoutABody) {
    const auto response = render_lambda_rest("Invoke", {{"StatusCode", 202}, {"Payload", ""}});
    EXPECT_EQ(response.status, 202);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(response.headers.find("X-Amz-Function-Error"), std::nullopt);
}

TEST(LambdaRest, AnswersOtherOperationsWithJson) {
    const auto response = render_lambda_rest("ListFunctions", {{"Functions", json::array{}}});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"Functions":[]})");
    EXPECT_EQ(response.headers.find("Content-Type"), "application/json");
}

}  // namespace
}  // namespace dsdash::endpoint
