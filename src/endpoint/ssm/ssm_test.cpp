#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "endpoint/testing/service_caller.hpp"

namespace dsdash::endpoint {
namespace {

using testing::ElementsAre;

class Ssm : public testing::Test {
  protected:
    void put(std::string_view name, std::string_view value = "1") {
        const json::object input{
            {"Name", name}, {"Value", value}, {"Type", "String"}, {"Overwrite", true}};
        ASSERT_EQ(ssm_.refusal("PutParameter", json::serialize(input)), "") << name;
    }
    static std::vector<std::string> names(const json::object& output,
                                          std::string_view array = "Parameters") {
        std::vector<std::string> names;
        for (const auto& entry : output.at(array).as_array()) {
            const auto& name = entry.is_object() ? entry.at("Name") : entry;
            names.emplace_back(name.as_string());
        }
        return names;
    }
    std::vector<std::string> names_of(std::string_view operation, std::string_view input) {
        const auto output = ssm_.call(operation, input);
        EXPECT_TRUE(output) << (output ? "" : output.error().message);
        return output ? names(*output) : std::vector<std::string>{};
    }
    std::vector<std::string> described(std::string_view filters) {
        return names_of("DescribeParameters", fmt::format(R"({{"ParameterFilters":{}}})", filters));
    }
    std::string filter_refusal(std::string_view filters) {
        return ssm_.refusal("DescribeParameters",
                            fmt::format(R"({{"ParameterFilters":{}}})", filters));
    }

    ServiceCaller ssm_{ssm_service()};
};

TEST_F(Ssm, PutsAndGetsAsTheSeedDoes) {
    const auto put_output = ssm_.call("PutParameter",
                                      R"({"Name": "/monitors/TestHub", "Value": "111111111111",
                                          "Type": "String", "Overwrite": true})")
                                .value();
    EXPECT_EQ(json::serialize(put_output), R"({"Version":1,"Tier":"Standard"})");
    const auto output = ssm_.call("GetParameter", R"({"Name":"/monitors/TestHub"})").value();
    const auto& parameter = output.at("Parameter").as_object();
    EXPECT_EQ(parameter.at("Name"), "/monitors/TestHub");
    EXPECT_EQ(parameter.at("Value"), "111111111111");
    EXPECT_EQ(parameter.at("Type"), "String");
    EXPECT_EQ(parameter.at("Version"), 1);
    EXPECT_EQ(parameter.at("DataType"), "text");
    EXPECT_EQ(parameter.at("ARN"), "arn:aws:ssm:eu-west-1:111111111111:parameter/monitors/TestHub");
    EXPECT_EQ(parameter.at("LastModifiedDate"), to_epoch_seconds(ssm_.clock().time));
    EXPECT_FALSE(parameter.contains("Selector"));
}

TEST_F(Ssm, AnswersWithAwsErrorCodes) {
    put("p");
    EXPECT_EQ(ssm_.refusal("PutParameter", R"({"Name":"p","Value":"2","Type":"String"})"),
              "ParameterAlreadyExists");
    EXPECT_EQ(ssm_.refusal("GetParameter", R"({"Name":"none"})"), "ParameterNotFound");
    EXPECT_EQ(ssm_.refusal("DeleteParameter", R"({"Name":"none"})"), "ParameterNotFound");
    EXPECT_EQ(ssm_.refusal("GetParameter", R"({"Name":"p:9"})"), "ParameterVersionNotFound");
    EXPECT_EQ(ssm_.refusal("GetParameter", R"({"Name":"p:label"})"), "ParameterVersionNotFound");
}

TEST_F(Ssm, RefusesWhatItCouldOnlyPretendToDo) {
    const auto refusal = [&](std::string_view more) {
        return ssm_.refusal("PutParameter",
                            fmt::format(R"({{"Name":"p","Value":"v","Type":"String",{}}})", more));
    };
    EXPECT_EQ(refusal(R"("Tags":[{"Key":"k","Value":"v"}])"), "ValidationException");
    EXPECT_EQ(refusal(R"("Policies":"[]")"), "InvalidPolicyTypeException");
    EXPECT_EQ(refusal(R"("KeyId":"alias/x")"), "ValidationException");
    EXPECT_EQ(refusal(R"("DataType":"aws:ec2:image")"), "ValidationException");
    EXPECT_EQ(refusal(R"("Type":"SecureString")"), "UnsupportedParameterType");
    EXPECT_EQ(refusal(R"("Tier":"Free")"), "ValidationException");
    EXPECT_EQ(refusal(R"("Tags":[],"Policies":null)"), "");
}

TEST_F(Ssm, RefusesMissingFieldsAndWrongTypes) {
    for (std::string_view input :
         {"{}", R"({"Name":"p"})", R"({"Name":"p","Value":1,"Type":"String"})",
          R"({"Name":["p"],"Value":"1","Type":"String"})",
          R"({"Name":"p","Value":"1","Type":"string"})",
          R"({"Name":"p","Value":"1","Type":"String","Overwrite":"yes"})",
          R"({"Name":"p","Value":"1","Type":"String","Description":7})"}) {
        EXPECT_EQ(ssm_.refusal("PutParameter", input), "ValidationException") << input;
    }
    EXPECT_EQ(ssm_.refusal("GetParameter", "{}"), "ValidationException");
    EXPECT_EQ(ssm_.refusal("GetParameter", R"({"Name":null})"), "ValidationException");
}

TEST_F(Ssm, GetsAnOlderVersionAndParametersByArn) {
    put("/a/b", "old");
    put("/a/b", "new");
    put("plain", "x");
    const auto value = [&](std::string_view name) {
        const auto output = ssm_.call("GetParameter", fmt::format(R"({{"Name":"{}"}})", name));
        return output ? json::serialize(output->at("Parameter").at("Value")) : output.error().code;
    };
    constexpr std::string_view kArn = "arn:aws:ssm:eu-west-1:111111111111:parameter";
    EXPECT_EQ(value("/a/b:1"), R"("old")");
    EXPECT_EQ(value(fmt::format("{}/a/b", kArn)), R"("new")");
    EXPECT_EQ(value(fmt::format("{}/a/b:1", kArn)), R"("old")");
    EXPECT_EQ(value(fmt::format("{}/plain", kArn)), R"("x")");
    EXPECT_EQ(value("arn:aws:ssm:eu-west-1:222222222222:parameter/plain"), "ParameterNotFound");
    EXPECT_EQ(value("arn:aws:ssm"), "ParameterNotFound");
    EXPECT_EQ(ssm_.call("GetParameter", R"({"Name":"/a/b:1"})")->at("Parameter").at("Selector"),
              ":1");
}

TEST_F(Ssm, GetsSeveralAndNamesThoseThatAreNotThere) {
    put("a");
    put("b");
    const auto output = ssm_.call("GetParameters", R"({"Names":["b","none","a:1","a:7"]})").value();
    EXPECT_THAT(names(output), ElementsAre("b", "a"));
    EXPECT_THAT(names(output, "InvalidParameters"), ElementsAre("none", "a:7"));
}

TEST_F(Ssm, TakesOneToTenNames) {
    for (std::string_view operation : {"GetParameters", "DeleteParameters"}) {
        for (std::string_view input :
             {"{}", R"({"Names":[]})", R"({"Names":"a"})", R"({"Names":[1]})",
              R"({"Names":["1","2","3","4","5","6","7","8","9","10","11"]})"}) {
            EXPECT_EQ(ssm_.refusal(operation, input), "ValidationException") << input;
        }
    }
}

TEST_F(Ssm, DeletesSeveral) {
    put("a");
    put("b");
    const auto output = ssm_.call("DeleteParameters", R"({"Names":["b","none"]})").value();
    EXPECT_THAT(names(output, "DeletedParameters"), ElementsAre("b"));
    EXPECT_THAT(names(output, "InvalidParameters"), ElementsAre("none"));
    EXPECT_THAT(names_of("DescribeParameters", "{}"), ElementsAre("a"));
}

TEST_F(Ssm, ListsAPathWithOrWithoutWhatIsDeeper) {
    for (std::string_view name : {"/p/a", "/p/b/c", "/p", "/q/a", "p"}) put(name);
    EXPECT_THAT(names_of("GetParametersByPath", R"({"Path":"/p"})"), ElementsAre("/p/a"));
    EXPECT_THAT(names_of("GetParametersByPath", R"({"Path":"/p/","Recursive":true})"),
                ElementsAre("/p/a", "/p/b/c"));
    EXPECT_THAT(names_of("GetParametersByPath", R"({"Path":"/"})"), ElementsAre("/p"));
    EXPECT_THAT(names_of("GetParametersByPath", R"({"Path":"/none"})"), ElementsAre());
    EXPECT_EQ(ssm_.refusal("GetParametersByPath", R"({"Path":"p"})"), "ValidationException");
}

TEST_F(Ssm, PagesByTenAtMost) {
    for (int i = 10; i < 33; ++i) put(fmt::format("/p/{}", i));
    std::string token;
    std::vector<std::size_t> sizes;
    do {
        const auto output =
            ssm_.call("GetParametersByPath",
                      token.empty() ? R"({"Path":"/p"})"
                                    : fmt::format(R"({{"Path":"/p","NextToken":"{}"}})", token))
                .value();
        sizes.push_back(names(output).size());
        const auto* next = output.if_contains("NextToken");
        token = next == nullptr ? "" : std::string(next->as_string());
    } while (!token.empty());
    EXPECT_THAT(sizes, ElementsAre(10, 10, 3));
    for (int results : {-1, 0, 11}) {
        EXPECT_EQ(ssm_.refusal("GetParametersByPath",
                               fmt::format(R"({{"Path":"/p","MaxResults":{}}})", results)),
                  "ValidationException");
    }
    EXPECT_EQ(ssm_.refusal("DescribeParameters", R"({"MaxResults":51})"), "ValidationException");
    EXPECT_EQ(names_of("DescribeParameters", "{}").size(), 23U);
}

TEST_F(Ssm, RefusesTokensOfOtherLists) {
    put("/p/1");
    put("/p/2");
    const auto page = ssm_.call("GetParametersByPath", R"({"Path":"/p","MaxResults":1})").value();
    const std::string token(page.at("NextToken").as_string());
    const auto refusal = [&](std::string_view operation, std::string_view path,
                             std::string_view next) {
        return ssm_.refusal(operation,
                            fmt::format(R"({{"Path":"{}","NextToken":"{}"}})", path, next));
    };
    EXPECT_EQ(refusal("GetParametersByPath", "/p", token), "");
    EXPECT_EQ(refusal("GetParametersByPath", "/q", token), "InvalidNextToken");
    EXPECT_EQ(refusal("DescribeParameters", "/p", token), "InvalidNextToken");
    EXPECT_EQ(refusal("GetParametersByPath", "/p", "x"), "InvalidNextToken");
    EXPECT_EQ(refusal("GetParametersByPath", "/p", ""), "InvalidNextToken");
}

TEST_F(Ssm, DescribesWithoutTheValue) {
    put("p", "a secret");
    const auto output = ssm_.call("DescribeParameters", "{}").value();
    const std::string text = json::serialize(output);
    EXPECT_EQ(text.find("secret"), std::string::npos);
    EXPECT_NE(text.find(R"("LastModifiedUser":"arn:aws:iam::111111111111:root")"),
              std::string::npos);
    EXPECT_NE(text.find(R"("Tier":"Standard")"), std::string::npos);
}

TEST_F(Ssm, FiltersDescriptions) {
    for (std::string_view name : {"/p/a", "/p/b/c", "app-1", "my-app"}) put(name);
    EXPECT_THAT(described(R"([{"Key":"Name","Values":["my-app","/p/a"]}])"),
                ElementsAre("/p/a", "my-app"));
    EXPECT_THAT(described(R"([{"Key":"Name","Option":"BeginsWith","Values":["app"]}])"),
                ElementsAre("app-1"));
    EXPECT_THAT(described(R"([{"Key":"Name","Option":"Contains","Values":["app"]}])"),
                ElementsAre("app-1", "my-app"));
    EXPECT_THAT(described(R"([{"Key":"Path","Values":["/p"]}])"), ElementsAre("/p/a"));
    EXPECT_THAT(described(R"([{"Key":"Path","Option":"Recursive","Values":["/p/"]}])"),
                ElementsAre("/p/a", "/p/b/c"));
    EXPECT_THAT(described(R"([{"Key":"Type","Values":["String"]},
                              {"Key":"Name","Option":"Contains","Values":["my"]}])"),
                ElementsAre("my-app"));
    EXPECT_THAT(described(R"([{"Key":"Type","Values":["StringList"]}])"), ElementsAre());
    EXPECT_THAT(described(R"([{"Key":"KeyId","Values":["x"]}])"), ElementsAre());
    EXPECT_THAT(described(R"([{"Key":"tag:team"}])"), ElementsAre());
    EXPECT_THAT(names_of("DescribeParameters", R"({"Filters":[{"Key":"Name","Values":["/p"]}]})"),
                ElementsAre("/p/a", "/p/b/c"));
    EXPECT_THAT(names_of("DescribeParameters", R"({"Shared":true})"), ElementsAre());
}

TEST_F(Ssm, RefusesFiltersThatAreNone) {
    EXPECT_EQ(filter_refusal(R"([{"Key":"Label","Values":["x"]}])"), "InvalidFilterKey");
    EXPECT_EQ(filter_refusal(R"([{"Key":"name","Values":["x"]}])"), "InvalidFilterKey");
    EXPECT_EQ(filter_refusal(R"([{"Key":"Type","Values":["x"]},{"Key":"Type","Values":["x"]}])"),
              "InvalidFilterKey");
    EXPECT_EQ(filter_refusal(R"([{"Key":"Type","Option":"Contains","Values":["x"]}])"),
              "InvalidFilterOption");
    EXPECT_EQ(filter_refusal(R"([{"Key":"Path","Option":"Equals","Values":["/x"]}])"),
              "InvalidFilterOption");
    EXPECT_EQ(filter_refusal(R"([{"Key":"Name"}])"), "InvalidFilterValue");
    EXPECT_EQ(filter_refusal(R"([{"Key":"Name","Values":[]}])"), "InvalidFilterValue");
    EXPECT_EQ(filter_refusal(R"([{"Key":"Name","Values":[""]}])"), "InvalidFilterValue");
    EXPECT_EQ(filter_refusal(R"([{"Key":"Name","Values":[1]}])"), "InvalidFilterValue");
    EXPECT_EQ(filter_refusal(R"([{"Key":"Path","Values":["x"]}])"), "ValidationException");
    EXPECT_EQ(filter_refusal(R"([7])"), "ValidationException");
    EXPECT_EQ(filter_refusal(R"("x")"), "ValidationException");
    EXPECT_EQ(ssm_.refusal("DescribeParameters",
                           R"({"Filters":[{"Key":"Name","Values":["x"]}],
                               "ParameterFilters":[{"Key":"Name","Values":["x"]}]})"),
              "ValidationException");
    EXPECT_EQ(ssm_.refusal("GetParametersByPath",
                           R"({"Path":"/","ParameterFilters":[{"Key":"Name","Values":["x"]}]})"),
              "InvalidFilterKey");
}

TEST_F(Ssm, AsksPoliciesAboutTheParameter) {
    constexpr std::string_view kArn = "arn:aws:ssm:eu-west-1:111111111111:parameter/";
    EXPECT_EQ(ssm_.resource("GetParameter", R"({"Name":"/a/b:3"})"), fmt::format("{}a/b", kArn));
    EXPECT_EQ(ssm_.resource("GetParametersByPath", R"({"Path":"/monitors/"})"),
              fmt::format("{}monitors/", kArn));
    EXPECT_EQ(ssm_.resource("GetParameters", R"({"Names":["a"]})"), fmt::format("{}a", kArn));
    EXPECT_EQ(ssm_.resource("GetParameters", R"({"Names":["a","/b/c:1"]})"),
              fmt::format("{0}a {0}b/c", kArn));
    EXPECT_EQ(ssm_.resource("DeleteParameters", R"({"Names":[]})"), fmt::format("{}*", kArn));
    EXPECT_EQ(ssm_.resource("DeleteParameters", R"({"Names":["a",7]})"), fmt::format("{}*", kArn));
    EXPECT_EQ(ssm_.resource("GetParameter", R"({"Name":7})"), std::string(kArn));
    EXPECT_EQ(ssm_.resource("DescribeParameters", "{}"), "*");
}

}  // namespace
}  // namespace dsdash::endpoint
