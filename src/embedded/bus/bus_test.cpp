#include "embedded/bus/bus.hpp"

#include <gtest/gtest.h>

#include <set>

#include "embedded/testing/bus_fixture.hpp"

namespace dsdash::embedded {
namespace {

class BusTest : public BusFixture {
  protected:
    std::string code_of(const EventEntry& bad) {
        const auto answers = hub().bus().put_events({&bad, 1});
        EXPECT_FALSE(answers.at(0));
        return answers.at(0) ? "" : answers.at(0).error().code;
    }
    Event event(std::string source = "m") { return dev().bus().stamp(entry(source)).value(); }
    Result<void> receive(const Event& event) {
        return hub().bus().receive({&event, 1}, dev().id(), "arn:aws:iam::222222222222:role/x");
    }
};

TEST_F(BusTest, StampsAnEntryWithIdTimeAndAccount) {
    auto put = entry("m", R"({"a":1.50})");
    put.resources = {"r1", "r2"};
    const Event event = hub().bus().stamp(put).value();
    EXPECT_EQ(event.id.size(), 36U);
    EXPECT_EQ(event.account.text(), kHub);
    EXPECT_EQ(event.region.text(), "eu-west-1");
    EXPECT_EQ(event.time, clock_.now());
    EXPECT_EQ(event.resources, put.resources);
    EXPECT_EQ(event.detail, R"({"a":1.50})");
    put.time = TimePoint(std::chrono::hours(5));
    EXPECT_EQ(hub().bus().stamp(put)->time, *put.time);
}

TEST_F(BusTest, IdsAreUuidsThatGrowWithTime) {
    std::set<std::string> ids;
    std::string last;
    for (int i = 0; i < 1'000; ++i) {
        clock_.advance(std::chrono::milliseconds(1));
        const auto id = event().id;
        EXPECT_GT(id, last);
        EXPECT_EQ(id[14], '7');
        EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
        ids.insert(last = id);
    }
    EXPECT_EQ(ids.size(), 1'000U);
}

TEST_F(BusTest, AnswersForEachEntryByItself) {
    std::vector<EventEntry> entries{entry("m"), entry(""), entry("m")};
    const auto answers = hub().bus().put_events(entries);
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_TRUE(answers[0]);
    EXPECT_EQ(answers[1].error().code, "InvalidArgument");
    EXPECT_EQ(answers[1].error().message,
              "Parameter Source is not valid. Reason: Source is a required argument.");
    EXPECT_TRUE(answers[2]);
    EXPECT_NE(*answers[0], *answers[2]);
}

TEST_F(BusTest, RefusesEntriesAsEventBridgeDoes) {
    auto no_type = entry("m");
    no_type.detail_type.clear();
    EXPECT_EQ(code_of(no_type), "InvalidArgument");
    EXPECT_EQ(code_of(entry("m", "")), "InvalidArgument");
    EXPECT_EQ(code_of(entry("aws.events")), "NotAuthorizedForSourceException");
    for (const auto& detail :
         {std::string("x"), std::string("[]"), std::string("1"), std::string("\"{}\""),
          std::string("null"), std::string("{} {}"), std::string("{\"a\":}"),
          std::string("{\"a\":NaN}"), std::string("{\"a\":\"\xff\"}"), std::string("  "),
          std::string(100'000, '{'),
          R"({"a":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}"}) {
        EXPECT_EQ(code_of(entry("m", detail)), "MalformedDetail") << detail.substr(0, 20);
    }
}

TEST_F(BusTest, ADetailCutAnywhereIsMalformed) {
    const std::string detail = R"({"MetricName":"a","Value":[1,{"b":null}]})";
    for (std::size_t length = 1; length < detail.size(); ++length) {
        EXPECT_EQ(code_of(entry("m", detail.substr(0, length))), "MalformedDetail") << length;
    }
}

TEST_F(BusTest, AnEventThatNoRuleMatchesIsAcceptedAndDropped) {
    put(hub(), "nobody-wants-this");
    open();
    EXPECT_EQ(engine_->run_due(), 0U);
}

TEST_F(BusTest, MatchesOnTheWholeEnvelope) {
    add_function(hub(), "archive");
    Rule rule;
    rule.name = "r";
    rule.event_pattern =
        R"({"version":["0"],"account":["111111111111"],"region":["eu-west-1"],"resources":["r"],
            "detail-type":["type"],"time":[{"prefix":"2026-11-23T"}],"detail":{"a":[{"numeric":[">",1]}]}})";
    ASSERT_TRUE(hub().bus().rules().put_rule(rule));
    const auto target = function_target(hub(), "archive");
    ASSERT_TRUE(hub().bus().rules().put_targets("r", {&target, 1}));
    auto wanted = entry("m", R"({"a":2})");
    wanted.resources = {"q", "r"};
    auto other = entry("m", R"({"a":1})");
    other.resources = {"r"};
    const std::vector<EventEntry> both{wanted, other};
    for (const auto& answer : hub().bus().put_events(both)) ASSERT_TRUE(answer);
    EXPECT_EQ(engine_->run_due(), 1U);
}

TEST_F(BusTest, ReceivesOnlyWhatItsPolicyAllows) {
    add_function(hub(), "archive");
    add_rule(hub(), "metrics", "m", function_target(hub(), "archive"));
    const auto refused = receive(event());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::denied);
    EXPECT_EQ(engine_->run_due(), 0U);
    allow(hub(), std::string(kDev));
    EXPECT_TRUE(receive(event()));
    EXPECT_EQ(engine_->run_due(), 1U);
}

TEST_F(BusTest, StoresAnEventThatStillWaitsOnce) {
    allow(hub(), std::string(kDev));
    add_function(hub(), "archive");
    add_rule(hub(), "metrics", "m", function_target(hub(), "archive"));
    const Event same = event();
    ASSERT_TRUE(receive(same));
    ASSERT_TRUE(receive(same));
    const std::vector<Event> both{same, event(), same};
    ASSERT_TRUE(hub().bus().receive(both, dev().id(), "arn:aws:iam::222222222222:role/x"));
    EXPECT_EQ(engine_->run_due(), 2U);
}

TEST_F(BusTest, QueuesAnInvocationTogetherWithOtherWorkOrNotAtAll) {
    add_function(hub(), "f");
    const auto failing = [](Database&) -> Result<void> { return fail(ErrorKind::not_found, "no"); };
    EXPECT_EQ(hub().bus().queue_invocation("f", "{}", failing).error().kind, ErrorKind::not_found);
    EXPECT_EQ(engine_->run_due(), 0U);
    EXPECT_TRUE(hub().bus().queue_invocation("f", "{}"));
    EXPECT_EQ(engine_->run_due(), 1U);
}

}  // namespace
}  // namespace dsdash::embedded
