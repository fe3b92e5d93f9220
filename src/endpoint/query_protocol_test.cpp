#include "endpoint/query_protocol.hpp"

#include <gtest/gtest.h>

namespace dsdash::endpoint {
namespace {

http::Request form(std::string body) {
    http::Request request;
    request.method = "POST";
    request.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    request.body = std::move(body);
    return request;
}

TEST(QueryProtocol, ReadsTheActionOfAForm) {
    const auto call =
        query_protocol::read_call(form("Action=GetCallerIdentity&Version=2011-06-15"));
    ASSERT_TRUE(call);
    EXPECT_EQ(call->service, &sts_service());
    EXPECT_EQ(call->operation, "GetCallerIdentity");
}

TEST(QueryProtocol, LeavesOtherRequestsToOthers) {
    auto get = form("Action=GetCallerIdentity&Version=2011-06-15");
    get.method = "GET";
    EXPECT_FALSE(query_protocol::read_call(get));
    auto elsewhere = form("Action=GetCallerIdentity&Version=2011-06-15");
    elsewhere.target = "/api/x";
    EXPECT_FALSE(query_protocol::read_call(elsewhere));
    http::Request json;
    json.method = "POST";
    json.headers.add("Content-Type", "application/json");
    EXPECT_FALSE(query_protocol::read_call(json));
}

TEST(QueryProtocol, KnowsNoOtherVersion) {
    const auto call = query_protocol::read_call(form("Action=ListUsers&Version=2010-05-08"));
    ASSERT_TRUE(call);
    EXPECT_EQ(call->service, nullptr);
}

TEST(QueryProtocol, DecodesTheFieldsOfAForm) {
    EXPECT_EQ(query_protocol::read_input(form("a=1+2&b=%26%3D&c=&d")),
              (json::object{{"a", "1 2"}, {"b", "&="}, {"c", ""}, {"d", ""}}));
    EXPECT_EQ(query_protocol::read_input(form("")), json::object{});
}

TEST(QueryProtocol, RefusesFormsThatAreNone) {
    for (const auto* body : {"a=%", "a=%zz", "a=\n", "\xff\xfe", "{\"a\":1}"}) {
        const auto input = query_protocol::read_input(form(body));
        ASSERT_FALSE(input) << body;
        EXPECT_EQ(input.error().code, "SerializationException");
        const auto call = query_protocol::read_call(form(body));
        ASSERT_TRUE(call);
        EXPECT_EQ(call->service, nullptr);
    }
}

TEST(QueryProtocol, LetsNoValueForgeXml) {
    const auto response = query_protocol::render_error({403, "A&B", "<Code>\"x\"</Code>"}, "id");
    EXPECT_NE(response.body.find("<Code>A&amp;B</Code>"), std::string::npos);
    EXPECT_NE(response.body.find("<Message>&lt;Code&gt;&quot;x&quot;&lt;/Code&gt;</Message>"),
              std::string::npos);
    EXPECT_NE(response.body.find("<Type>Sender</Type>"), std::string::npos);
    EXPECT_EQ(response.status, 403);
}

}  // namespace
}  // namespace dsdash::endpoint
