#include <gmock/gmock.h>

#include "embedded/bus/dead_letter_queue.hpp"
#include "endpoint/testing/hosted_fixture.hpp"

// functions/connection_fleet_test has a thousand spokes on a bus that only enforces the quotas;
// here are whole accounts, and the events arrive.
namespace dsdash::endpoint {
namespace {

using ::testing::IsEmpty;

constexpr int kSpokes = 42;  // nine rules, the last one not full

class EmbeddedFleet : public HostedFixture {
  protected:
    EmbeddedFleet() {
        EXPECT_TRUE(deploy(hub(), "hub"));
        for (int i = 0; i < kSpokes; ++i) {
            const auto id = fmt::format("{}", 500'000'000'000 + i);
            EXPECT_TRUE(embedded::Home::create_account(
                folder_.path(), {"spoke-" + id, AccountId::parse(id).value(),
                                 Region::parse("eu-west-1").value(), "http://127.0.0.1:8080"}));
            put_parameter(hub(), fmt::format("/monitored_projects/P{}/dev", i), id);
            auto& spoke = account(id);
            spokes_.push_back(&spoke);
            EXPECT_TRUE(call(spoke, "events", "PutPermission",
                             {{"StatementId", "hub"},
                              {"Principal", "111111111111"},
                              {"Action", "events:PutEvents"}}));
        }
    }
    std::size_t rule_count() {
        return call(hub(), "events", "ListRules", {{"NamePrefix", "forward-"}, {"Limit", 100}})
            ->at("Rules")
            .as_array()
            .size();
    }

    std::vector<embedded::Account*> spokes_;
};

TEST_F(EmbeddedFleet, IsConnectedByOneEBPutAndOneEBRuleAndGetsTheFetchEvent) {
    EXPECT_EQ(connect(hub(), "EBPut"), "");
    EXPECT_EQ(connect(hub(), "EBRule"), "");
    EXPECT_EQ(rule_count(), 9U);
    for (auto* spoke : spokes_) ASSERT_TRUE(deploy(*spoke, "spoke", kSpokeContext));
    ASSERT_TRUE(invoke(hub(), contract::kRefreshFunction, "{}"));
    deliver();
    EXPECT_THAT(hub().dead_letters().list(0, 100).value(), IsEmpty());
    // Each spoke has tried to extract: none of them is connected with a hub, so nothing came back.
    EXPECT_THAT(hub().metric_table().latest().value(), IsEmpty());

    for (auto* spoke : spokes_) {
        put_parameter(*spoke, "/monitors/TestHub", "111111111111");
        ASSERT_EQ(connect(*spoke, "EBRule"), "");
    }
    ASSERT_TRUE(invoke(hub(), contract::kRefreshFunction, "{}"));
    deliver();
    EXPECT_EQ(hub().hub_state().reports().value().size(), std::size_t{kSpokes});
}

TEST_F(EmbeddedFleet, IsDisconnectedWithoutATrace) {
    ASSERT_EQ(connect(hub(), "EBPut"), "");
    ASSERT_EQ(connect(hub(), "EBRule"), "");
    EXPECT_EQ(connect(hub(), "Disconnect"), "");
    EXPECT_EQ(rule_count(), 0U);
    EXPECT_FALSE(call(hub(), "events", "DescribeEventBus", {})->contains("Policy"));
}

}  // namespace
}  // namespace dsdash::endpoint
