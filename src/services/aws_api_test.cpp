#include "services/aws_api.hpp"

#include <gmock/gmock.h>

#include "services/testing/fake_aws_api.hpp"

namespace dsdash {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Paging kEndpoints{.items = "Endpoints"};

struct Listing {
    Result<void> end;
    std::vector<std::string> names;
};

Listing list_endpoints(FakeAwsApi& api, const Paging& paging = kEndpoints) {
    Listing listing;
    listing.end =
        for_each_item(api, "sagemaker", "ListEndpoints", {{"MaxResults", 100}}, paging,
                      [&](const json::object& item) -> Result<void> {
                          listing.names.push_back(required_string(item, "EndpointName").value());
                          return {};
                      });
    return listing;
}

TEST(ForEachItem, VisitsShortAndEmptyPagesToTheEnd) {
    FakeAwsApi api;
    api.script("sagemaker:ListEndpoints",
               {object_of(R"({"Endpoints":[{"EndpointName":"a"}],"NextToken":"1"})"),
                object_of(R"({"Endpoints":[],"NextToken":"2"})"), object_of(R"({"NextToken":"3"})"),
                object_of(R"({"Endpoints":[{"EndpointName":"b"}],"NextToken":null})")});
    const auto listing = list_endpoints(api);
    ASSERT_TRUE(listing.end) << listing.end.error().message;
    EXPECT_THAT(listing.names, ElementsAre("a", "b"));
    EXPECT_EQ(api.calls().size(), 4U);
}

TEST(ForEachItem, SendsTheInputAgainWithEachToken) {
    FakeAwsApi api;
    api.script("sagemaker:ListEndpoints", {object_of(R"({"Marker":"m1"})"), object_of("{}")});
    const auto listing =
        list_endpoints(api, {.items = "Endpoints", .token_out = "Marker", .token_in = "StartAt"});
    ASSERT_TRUE(listing.end);
    const auto inputs = api.inputs_of("sagemaker:ListEndpoints");
    ASSERT_EQ(inputs.size(), 2U);
    EXPECT_EQ(inputs[0], object_of(R"({"MaxResults":100})"));
    EXPECT_EQ(inputs[1], object_of(R"({"MaxResults":100,"StartAt":"m1"})"));
}

TEST(ForEachItem, TakesAnEmptyTokenAsTheEnd) {
    FakeAwsApi api;
    api.script("sagemaker:ListEndpoints", {object_of(R"({"NextToken":""})")});
    EXPECT_TRUE(list_endpoints(api).end);
}

TEST(ForEachItem, TakesAKeyAsTokenAsDynamoDbGivesIt) {
    FakeAwsApi api;
    api.script("dynamodb:Query", {object_of(R"({"Items":[],"LastEvaluatedKey":{"k":{"S":"a"}}})"),
                                  object_of(R"({"Items":[{}]})")});
    int items = 0;
    ASSERT_TRUE(for_each_item(api, "dynamodb", "Query", {}, kItemPaging,
                              [&](const json::object&) -> Result<void> {
                                  ++items;
                                  return {};
                              }));
    EXPECT_EQ(items, 1);
    EXPECT_EQ(api.calls()[1].input.at("ExclusiveStartKey"), object_of(R"({"k":{"S":"a"}})"));
}

TEST(PagedCall, AsksForAPageWhenItIsWanted) {
    FakeAwsApi api;
    api.script("sagemaker:ListEndpoints",
               {object_of(R"({"Endpoints":[{"n":1}],"NextToken":"1"})"), object_of("{}")});
    PagedCall pages(api, "sagemaker", "ListEndpoints", {}, kEndpoints);
    EXPECT_EQ(pages.next()->value().size(), 1U);
    EXPECT_EQ(api.calls().size(), 1U);
    EXPECT_EQ(pages.next()->value().size(), 0U);
    EXPECT_FALSE(pages.next()->has_value());
    EXPECT_FALSE(pages.next()->has_value());
    EXPECT_EQ(api.calls().size(), 2U);
}

TEST(ForEachItem, RefusesATokenThatComesTwice) {
    FakeAwsApi api;
    api.script("sagemaker:ListEndpoints",
               {object_of(R"({"NextToken":"x"})"), object_of(R"({"NextToken":"y"})"),
                object_of(R"({"NextToken":"x"})")});
    const auto listing = list_endpoints(api);
    ASSERT_FALSE(listing.end);
    EXPECT_EQ(listing.end.error().kind, ErrorKind::internal);
    EXPECT_THAT(listing.end.error().message, HasSubstr("ListEndpoints"));
}

TEST(ForEachItem, EndsEvenIfTokensNeverRepeat) {
    FakeAwsApi api;
    int page = 0;
    api.on("sagemaker:ListEndpoints", [&](const json::object&) -> Result<json::object> {
        return json::object{{"NextToken", std::to_string(++page)}};
    });
    const auto listing = list_endpoints(api);
    ASSERT_FALSE(listing.end);
    EXPECT_THAT(listing.end.error().message, HasSubstr("10000 pages"));
}

TEST(ForEachItem, HandsOnTheErrorOfALaterPage) {
    FakeAwsApi api;
    api.script("sagemaker:ListEndpoints",
               {object_of(R"({"Endpoints":[{"EndpointName":"a"}],"NextToken":"1"})"),
                fail(ErrorKind::throttled, "slow down", "ThrottlingException")});
    const auto listing = list_endpoints(api);
    ASSERT_FALSE(listing.end);
    EXPECT_EQ(listing.end.error().kind, ErrorKind::throttled);
    EXPECT_THAT(listing.names, ElementsAre("a"));
}

TEST(ForEachItem, StopsWhenTheVisitorFails) {
    FakeAwsApi api;
    api.script("sagemaker:ListEndpoints",
               {object_of(R"({"Endpoints":[{"EndpointName":"a"}],"NextToken":"1"})")});
    const auto end = for_each_item(
        api, "sagemaker", "ListEndpoints", {}, kEndpoints,
        [](const json::object&) -> Result<void> { return fail(ErrorKind::internal, "enough"); });
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().message, "enough");
    EXPECT_EQ(api.calls().size(), 1U);
}

TEST(ForEachItem, RefusesAnswersOfAnotherShape) {
    for (const auto* answer : {R"({"Endpoints":"a"})", R"({"Endpoints":[1]})",
                               R"({"Endpoints":[{}],"NextToken":7})", R"({"Endpoints":[[]]})"}) {
        FakeAwsApi api;
        api.script("sagemaker:ListEndpoints", {object_of(answer)});
        const auto end = for_each_item(api, "sagemaker", "ListEndpoints", {}, kEndpoints,
                                       [](const json::object&) -> Result<void> { return {}; });
        EXPECT_FALSE(end) << answer;
    }
}

}  // namespace
}  // namespace dsdash
