#include "dashboard/access/loopback_gate.hpp"

#include <gtest/gtest.h>

#include "domain/json.hpp"

namespace dsdash::dashboard {
namespace {

using Fields = std::initializer_list<std::pair<const char*, const char*>>;

class LoopbackGateTest : public testing::Test {
  protected:
    static http::Request request(std::string method, Fields fields) {
        http::Request request;
        request.method = std::move(method);
        request.headers.add("Host", "localhost:8080");
        for (const auto& [name, value] : fields) request.headers.add(name, value);
        return request;
    }
    /// 200 when it is admitted.
    int ask(std::string method, Fields fields) {
        const auto access = gate_.admit(request(std::move(method), fields));
        return access ? 200 : access.error().status;
    }

    LoopbackGate gate_{"http"};
};

TEST_F(LoopbackGateTest, TakesWhoeverAsksForTheOperator) {
    const auto access = gate_.admit(request("GET", {}));
    ASSERT_TRUE(access);
    EXPECT_EQ(access->role, Role::fleet_operator);
    EXPECT_TRUE(access->may_see("any"));
    EXPECT_EQ(gate_.answer_session(request("GET", {})).body,
              R"({"role":"operator","projects":null,"name":null})");
}

TEST_F(LoopbackGateTest, LetsItsOwnPageWrite) {
    EXPECT_EQ(ask("POST", {{"Origin", "http://localhost:8080"}}), 200);
    EXPECT_EQ(ask("POST", {{"Sec-Fetch-Site", "same-origin"}}), 200);
    EXPECT_EQ(ask("POST", {{"Origin", "http://LOCALHOST:8080"}, {"Sec-Fetch-Site", "same-origin"}}),
              200);
}

TEST_F(LoopbackGateTest, LetsNobodyElseWrite) {
    for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "get", "OPTIONS", ""}) {
        EXPECT_EQ(ask(method, {}), 403) << method;
        EXPECT_EQ(ask(method, {{"Sec-Fetch-Site", "none"}}), 403) << method;
    }
    for (const char* origin :
         {"http://evil.example", "https://localhost:8080", "http://localhost", "null", "",
          "http://localhost:8081", "http://127.0.0.1:8080", "http://localhost:8080.evil.example",
          "http://localhost:8080/", "http://evil.example, http://localhost:8080"}) {
        EXPECT_EQ(ask("POST", {{"Origin", origin}}), 403) << origin;
        EXPECT_EQ(ask("POST", {{"Origin", origin}, {"Sec-Fetch-Site", "same-origin"}}), 403);
    }
    EXPECT_EQ(ask("POST", {{"Origin", "http://localhost:8080"}, {"Sec-Fetch-Site", "cross-site"}}),
              403);
    EXPECT_EQ(ask("POST", {{"Origin", "http://localhost:8080"}, {"Origin", "http://evil.example"}}),
              403);
}

TEST_F(LoopbackGateTest, LetsNoOtherSitesPageRead) {
    EXPECT_EQ(ask("GET", {{"Sec-Fetch-Site", "cross-site"}}), 403);
    EXPECT_EQ(ask("GET", {{"Sec-Fetch-Site", "same-site"}}), 403);
    EXPECT_EQ(ask("GET", {{"Origin", "http://evil.example"}}), 403);
    EXPECT_EQ(ask("GET", {{"Sec-Fetch-Site", "same-origin"}}), 200);
    EXPECT_EQ(ask("GET", {{"Sec-Fetch-Site", "none"}}), 200);
    EXPECT_EQ(ask("HEAD", {}), 200);
}

TEST_F(LoopbackGateTest, KnowsOnlyItsOwnNames) {
    EXPECT_FALSE(gate_.check_host(request("GET", {})));
    http::Request rebound;
    rebound.headers.add("Host", "rebound.example.com:8080");
    EXPECT_EQ(gate_.check_host(rebound)->status, 421);
    EXPECT_EQ(gate_.check_host({})->status, 421);
}

TEST_F(LoopbackGateTest, HasNoSignIn) {
    const auto own = [](std::string method) {
        return request(std::move(method), {{"Origin", "http://localhost:8080"}});
    };
    EXPECT_EQ(gate_.answer_session(own("POST")).status, 409);
    EXPECT_EQ(gate_.answer_session(own("DELETE")).status, 409);
    EXPECT_EQ(gate_.answer_session(own("PUT")).status, 405);
    EXPECT_EQ(gate_.answer_session(request("POST", {})).status, 403);
}

}  // namespace
}  // namespace dsdash::dashboard
