#include "aws/parameter_store.hpp"

#include <gmock/gmock.h>

#include "services/testing/fake_aws_api.hpp"

namespace dsdash::aws {
namespace {

TEST(AwsParameterStore, ListsEveryPageByName) {
    FakeAwsApi api;
    api.script("ssm:GetParametersByPath",
               {object_of(R"({"Parameters":[{"Name":"/m/b","Value":"2"}],"NextToken":"1"})"),
                object_of(R"({"Parameters":[],"NextToken":"2"})"),
                object_of(R"({"Parameters":[{"Name":"/m/a","Value":"1"}]})")});
    const auto parameters = AwsParameterStore(api).list_by_path("/m/");
    ASSERT_TRUE(parameters) << parameters.error().message;
    ASSERT_EQ(parameters->size(), 2U);
    EXPECT_EQ(parameters->at(0).name, "/m/a");
    EXPECT_EQ(parameters->at(1).value, "2");
    EXPECT_EQ(api.inputs_of("ssm:GetParametersByPath").at(0),
              object_of(R"({"Path":"/m/","Recursive":true,"MaxResults":10})"));
}

TEST(AwsParameterStore, GetsOneByName) {
    FakeAwsApi api;
    api.script("ssm:GetParameter", {object_of(R"({"Parameter":{"Name":"/m/a","Value":"1"}})")});
    EXPECT_EQ(AwsParameterStore(api).get("/m/a").value().value, "1");
    EXPECT_EQ(api.calls().at(0).input, object_of(R"({"Name":"/m/a"})"));
}

TEST(AwsParameterStore, HandsOnNotFound) {
    FakeAwsApi api;
    api.script("ssm:GetParameter", {fail(ErrorKind::not_found, "no", "ParameterNotFound")});
    EXPECT_EQ(AwsParameterStore(api).get("/m/a").error().kind, ErrorKind::not_found);
}

TEST(AwsParameterStore, RefusesAnswersOfAnotherShape) {
    for (const auto* answer : {"{}", R"({"Parameter":1})", R"({"Parameter":{"Name":"/m/a"}})",
                               R"({"Parameter":{"Name":1,"Value":"1"}})"}) {
        FakeAwsApi api;
        api.script("ssm:GetParameter", {object_of(answer)});
        EXPECT_FALSE(AwsParameterStore(api).get("/m/a")) << answer;
    }
    FakeAwsApi api;
    api.script("ssm:GetParametersByPath", {object_of(R"({"Parameters":[{"Name":"/m/a"}]})")});
    EXPECT_FALSE(AwsParameterStore(api).list_by_path("/m/"));
}

}  // namespace
}  // namespace dsdash::aws
