#include <gtest/gtest.h>

#include "endpoint/testing/operation_fixture.hpp"

namespace dsdash::endpoint {
namespace {

class LambdaDescribe : public OperationFixture {
  protected:
    LambdaDescribe() : OperationFixture(lambda_service()) {}
};

TEST_F(LambdaDescribe, TellsAFunctionsConfiguration) {
    ASSERT_TRUE(hub().functions().put({.name = "f",
                                       .handler = "extraction",
                                       .description = "d",
                                       .role_arn = "arn:aws:iam::111111111111:role/r",
                                       .role_policy = "{}",
                                       .environment = {{"METRICS", "A"}},
                                       .timeout_s = 60,
                                       .memory_mb = 256,
                                       .stack_name = "s",
                                       .last_modified = clock_.now()}));
    EXPECT_EQ(answer("GetFunction", R"({"FunctionName":"f"})"),
              R"({"Configuration":{"FunctionName":"f",)"
              R"("FunctionArn":"arn:aws:lambda:eu-west-1:111111111111:function:f",)"
              R"("Runtime":"provided.al2023","Role":"arn:aws:iam::111111111111:role/r",)"
              R"("Handler":"extraction","Description":"d","Timeout":60,"MemorySize":256,)"
              R"("LastModified":"2026-11-23T12:00:00.000+0000","Version":"$LATEST",)"
              R"("PackageType":"Zip","State":"Active","LastUpdateStatus":"Successful",)"
              R"("Environment":{"Variables":{"METRICS":"A"}}},"Tags":{}})");
    EXPECT_EQ(answer("GetFunction", R"({"FunctionName":"g"})"), "ResourceNotFoundException");
}

TEST_F(LambdaDescribe, ListsInPages) {
    for (const auto* name : {"c", "a", "b"}) add_function(hub(), name);
    const auto first = call("ListFunctions", R"({"MaxItems":2})").value();
    EXPECT_EQ(first.at("Functions").get_array().size(), 2U);
    EXPECT_EQ(first.at("NextMarker"), "b");
    const auto second = call("ListFunctions", R"({"MaxItems":2,"Marker":"b"})").value();
    EXPECT_EQ(second.at("Functions").get_array().size(), 1U);
    EXPECT_EQ(second.at("Functions").at(0).at("FunctionName"), "c");
    EXPECT_FALSE(second.contains("NextMarker"));
}

TEST_F(LambdaDescribe, APageHoldsFiftyFunctions) {
    for (int i = 0; i < 51; ++i) add_function(hub(), fmt::format("f{:02}", i));
    for (const auto* input : {"{}", R"({"MaxItems":10000})"}) {
        const auto page = call("ListFunctions", input).value();
        EXPECT_EQ(page.at("Functions").get_array().size(), 50U);
        EXPECT_EQ(page.at("NextMarker"), "f49");
    }
}

TEST_F(LambdaDescribe, RefusesMalformedInput) {
    for (const auto* input :
         {R"({"MaxItems":0})", R"({"MaxItems":10001})", R"({"MaxItems":"x"})", R"({"Marker":5})"}) {
        EXPECT_EQ(refusal("ListFunctions", input).kind, ErrorKind::malformed_input) << input;
    }
}

}  // namespace
}  // namespace dsdash::endpoint
