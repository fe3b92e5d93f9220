#include "doctor/ping_round.hpp"

#include <gtest/gtest.h>

#include "doctor/testing/fake_hub_records.hpp"
#include "services/testing/fake_services.hpp"

namespace dsdash::doctor {
namespace {

const AccountId kDev = AccountId::parse("222222222222").value();
const AccountId kProd = AccountId::parse("333333333333").value();

class OneUuid final : public UuidSource {
  public:
    std::string next() override { return "ping-1"; }
};

struct PingRoundTest : ::testing::Test {
    Result<PingRound> ping(const std::set<AccountId>& asked) {
        return doctor::ping(asked, std::chrono::seconds(10), bus, records, clock, uuids);
    }
    /// The answer of `account` to a ping that was put so much before or after ours.
    void answer(const AccountId& account, std::chrono::milliseconds after = {}) {
        records.stored_pongs.push_back({account.text(), "any", clock.time + after, clock.time});
    }

    FakeEventBus bus;
    FakeHubRecords records;
    FakeClock clock;
    OneUuid uuids;
};

TEST_F(PingRoundTest, PutsOnePingForEverybody) {
    answer(kDev);
    answer(kProd);
    const auto round = ping({kDev, kProd});
    ASSERT_TRUE(round);
    ASSERT_EQ(bus.entries.size(), 1U);
    EXPECT_EQ(bus.entries[0].source, "ds-dashboard");
    EXPECT_EQ(bus.entries[0].detail_type, "ping");
    EXPECT_EQ(bus.entries[0].detail,
              R"({"PingId":"ping-1","PingDate":"2026-11-23 12:00:00.000000"})");
    EXPECT_EQ(round->answers.size(), 2U);
    EXPECT_EQ(records.looks, 1);
}

TEST_F(PingRoundTest, TellsWhoDidNotAnswerInTime) {
    answer(kDev);
    const auto started = clock.time;
    const auto round = ping({kDev, kProd}).value();
    EXPECT_TRUE(round.is_answered_by(kDev));
    EXPECT_FALSE(round.is_answered_by(kProd));
    EXPECT_EQ(clock.time - started, std::chrono::seconds(10));
    EXPECT_LT(records.looks, 40);  // less and less often
}

TEST_F(PingRoundTest, MeasuresHowLongAnAnswerTook) {
    answer(kDev);
    clock.step = std::chrono::milliseconds(7);
    EXPECT_EQ(ping({kDev})->answers.at(kDev), std::chrono::milliseconds(7));
}

TEST_F(PingRoundTest, TakesNoOlderAnswerButALaterOne) {
    answer(kDev, std::chrono::milliseconds(-1));
    answer(kProd, std::chrono::milliseconds(1));
    const auto round = ping({kDev, kProd}).value();
    EXPECT_FALSE(round.is_answered_by(kDev));
    EXPECT_TRUE(round.is_answered_by(kProd));
}

TEST_F(PingRoundTest, AsksNobodyWhenNobodyIsThere) {
    EXPECT_TRUE(ping({}));
    EXPECT_TRUE(bus.entries.empty());
}

TEST_F(PingRoundTest, HandsOnThatTheBusRefusedThePing) {
    bus.refusals["ping"] = Error{ErrorKind::denied, "events:PutEvents", {}, {}, {}};
    const auto round = ping({kDev});
    ASSERT_FALSE(round);
    EXPECT_EQ(round.error().kind, ErrorKind::denied);
}

}  // namespace
}  // namespace dsdash::doctor
