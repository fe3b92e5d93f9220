#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "functions/testing/function_fixture.hpp"

// A hub with as many spokes as EventBridge's quotas allow, against a bus that enforces them.
namespace dsdash::functions {
namespace {

using ::testing::Each;
using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr std::string_view kPut = R"({"action":"EBPut"})";
constexpr std::string_view kRule = R"({"action":"EBRule"})";
constexpr std::string_view kDisconnect = R"({"action":"Disconnect"})";
constexpr int kSpokes = 1'000;

class Fleet : public ::testing::Test {
  protected:
    Fleet() {
        register_spokes(kSpokes);
        fixture_.parameters.parameters["/ds-dashboard/organization_id"] = "o-a1b2c3d4e5";
    }
    void register_spokes(int count) {
        for (int i = 0; i < count; ++i) {
            fixture_.parameters.parameters[fmt::format("/monitored_projects/P{:04}/dev", i)] =
                fmt::format("{:012}", 500'000'000'000 + i);
        }
    }
    json::object run(std::string_view payload) {
        fixture_.aws.forget_calls();
        fixture_.clock.time += std::chrono::seconds(1);  // the quota counts every second for itself
        started_ = fixture_.clock.time;
        return fixture_.answer_of("connection", payload);
    }
    std::chrono::microseconds took() const { return fixture_.clock.time - started_; }
    std::size_t write_calls() const {
        std::size_t count = 0;
        for (const auto& call : fixture_.aws.calls()) {
            const auto operation = call.operation.substr(call.operation.find(':') + 1);
            count += operation.starts_with("List") || operation.starts_with("Describe") ? 0 : 1;
        }
        return count;
    }
    /// How many accounts have ended so.
    static std::ptrdiff_t count(const json::object& answer, std::string_view result) {
        const auto outcomes = lines(answer);
        return std::ranges::count_if(
            outcomes, [&](const std::string& line) { return line.ends_with(result); });
    }
    std::size_t targets() const {
        std::size_t count = 0;
        for (const auto& [name, rule] : fixture_.event_bridge.rules) count += rule.targets.size();
        return count;
    }

    FunctionFixture fixture_;
    TimePoint started_;
};

TEST_F(Fleet, OfAThousandIsConnectedByOneEBPutAndOneEBRule) {
    EXPECT_THAT(lines(run(kPut)), Each(EndsWith(" spoke created")));
    EXPECT_EQ(write_calls(), 1U);
    EXPECT_LT(fixture_.event_bridge.policy.size(), 1'000U);

    const auto answer = run(kRule);
    EXPECT_EQ(count(answer, "created"), kSpokes);
    EXPECT_EQ(answer.at("Postponed"), 0);
    EXPECT_EQ(fixture_.event_bridge.rules.size(), 200U);
    EXPECT_EQ(targets(), 1'000U);
    EXPECT_EQ(write_calls(), 400U);  // a rule and its five targets: two calls
    EXPECT_LE(took(), std::chrono::seconds(9));
}

TEST_F(Fleet, IsLeftAloneTheSecondTime) {
    run(kPut);
    run(kRule);
    for (const auto action : {kPut, kRule}) {
        EXPECT_THAT(lines(run(action)), Each(EndsWith(" spoke unchanged")));
        EXPECT_EQ(write_calls(), 0U);
    }
}

TEST_F(Fleet, IsDisconnectedWithoutATrace) {
    run(kPut);
    run(kRule);
    EXPECT_EQ(count(run(kDisconnect), "removed"), kSpokes);
    EXPECT_TRUE(fixture_.event_bridge.rules.empty());
    EXPECT_EQ(fixture_.event_bridge.policy, "");
}

TEST_F(Fleet, ConnectsFifteenHundredAndRefusesTheNextWithTheQuota) {
    register_spokes(1'512);
    const auto answer = run(kRule);
    EXPECT_EQ(count(answer, "created"), 1'500);
    EXPECT_EQ(count(answer, "failed"), 12);
    EXPECT_EQ(fixture_.event_bridge.rules.size(), 300U);
    EXPECT_THAT(std::string(answer.at("Accounts").as_array().back().at("Message").as_string()),
                HasSubstr("300 rules a bus"));
    // The bus that is full is not asked again for each account.
    EXPECT_EQ(fixture_.aws.inputs_of("events:PutRule").size(), 301U);
}

TEST_F(Fleet, ThatTheTimeDoesNotSufficeForIsConnectedByFurtherInvocations) {
    fixture_.timeout = std::chrono::seconds(4);
    auto answer = run(kRule);
    EXPECT_LE(took(), fixture_.timeout);
    const auto connected = count(answer, "created");
    EXPECT_GT(connected, 0);
    EXPECT_EQ(count(answer, "postponed"), kSpokes - connected);
    EXPECT_EQ(answer.at("Postponed"), kSpokes - connected);
    EXPECT_EQ(targets(), static_cast<std::size_t>(connected));
    EXPECT_THAT(std::string(answer.at("Accounts").as_array().back().at("Message").as_string()),
                HasSubstr("invoke it again"));

    fixture_.timeout = std::chrono::seconds(12);
    answer = run(kRule);
    EXPECT_EQ(answer.at("Postponed"), 0);
    EXPECT_EQ(count(answer, "unchanged"), connected);
    EXPECT_EQ(count(answer, "created"), kSpokes - connected);
    EXPECT_EQ(fixture_.event_bridge.rules.size(), 200U);
}

TEST_F(Fleet, StopsReadingItsRulesWhenTheTimeIsOver) {
    run(kRule);
    fixture_.timeout = std::chrono::seconds(2);
    const auto answer = run(kRule);
    EXPECT_LE(took(), fixture_.timeout);
    EXPECT_EQ(count(answer, "postponed"), kSpokes);
    EXPECT_EQ(write_calls(), 0U);
}

TEST_F(Fleet, IsDisconnectedByFurtherInvocationsToo) {
    run(kPut);
    run(kRule);
    fixture_.timeout = std::chrono::seconds(10);
    auto answer = run(kDisconnect);
    EXPECT_LE(took(), fixture_.timeout);
    EXPECT_GT(answer.at("Postponed").as_int64(), 0);
    EXPECT_NE(fixture_.event_bridge.policy, "");  // until no rule is left
    for (int i = 0; i < 5 && answer.at("Postponed").as_int64() > 0; ++i) answer = run(kDisconnect);
    EXPECT_EQ(answer.at("Postponed"), 0);
    EXPECT_TRUE(fixture_.event_bridge.rules.empty());
    EXPECT_EQ(fixture_.event_bridge.policy, "");
}

TEST_F(Fleet, ConnectsEveryoneButThoseThatRefuse) {
    fixture_.event_bridge.closed_accounts = {"500000000002", "500000000999"};
    const auto answer = run(kRule);
    EXPECT_EQ(count(answer, "created"), kSpokes - 2);
    EXPECT_THAT(lines(answer), ::testing::Contains("500000000002 spoke failed"));
    EXPECT_THAT(lines(answer), ::testing::Contains("500000000999 spoke failed"));
    EXPECT_EQ(fixture_.event_bridge.rules.size(), 200U);
}

TEST_F(Fleet, GetsThroughRulesThatSomebodyElseChangesToo) {
    fixture_.event_bridge.concurrent_rule_changes = 3;
    EXPECT_EQ(count(run(kRule), "created"), kSpokes);
}

TEST_F(Fleet, HasNoOrganizationAndIsToldSo) {
    fixture_.parameters.parameters.erase("/ds-dashboard/organization_id");
    const auto answer = run(kPut);
    EXPECT_EQ(count(answer, "failed"), kSpokes);
    EXPECT_EQ(write_calls(), 0U);
    EXPECT_THAT(std::string(answer.at("Accounts").at(0).at("Message").as_string()),
                HasSubstr("/ds-dashboard/organization_id"));
}

}  // namespace
}  // namespace dsdash::functions
