#include <gtest/gtest.h>

#include "embedded/testing/bus_fixture.hpp"

namespace dsdash::embedded {
namespace {

/// What a new process finds of what the one before has left.
class DeliveryRestart : public BusFixture {
  protected:
    DeliveryRestart() {
        add_function(hub(), "archive");
        add_rule(hub(), "metrics", "m", function_target(hub(), "archive"));
    }
};

TEST_F(DeliveryRestart, DeliversWhatWasAcknowledgedAndNothingTwice) {
    const std::vector<EventEntry> entries(1'500, entry("m"));
    std::vector<std::string> ids;
    for (const auto& id : hub().bus().put_events(entries)) ids.push_back(id.value());
    open();
    EXPECT_EQ(engine_->run_due(), 1'500U);
    open();
    EXPECT_EQ(engine_->run_due(), 0U);
    std::vector<std::string> delivered;
    for (const auto& event : runtime_.delivered()) delivered.push_back(event.id);
    EXPECT_EQ(delivered, ids);
}

TEST_F(DeliveryRestart, ARetryKeepsItsTimeAndItsCount) {
    Target target = function_target(hub(), "archive");
    target.retry_attempts_max = 1;
    ASSERT_TRUE(hub().bus().rules().put_targets("metrics", {&target, 1}));
    runtime_.on_event = [](Account&, const FunctionRecord&, const Event&) -> Result<void> {
        return fail(ErrorKind::internal, "down");
    };
    put(hub(), "m");
    engine_->run_due();
    open();
    EXPECT_EQ(engine_->run_due(), 0U);
    clock_.advance(std::chrono::minutes(1));
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(letters(hub()).at(0).retry_attempts, 1);
}

TEST_F(DeliveryRestart, AnEventOfTwoTargetsGoesToTheOneThatIsLeft) {
    add_function(hub(), "second");
    add_rule(hub(), "second", "m", function_target(hub(), "second"));
    runtime_.on_event = [](Account&, const FunctionRecord& function, const Event&) -> Result<void> {
        if (function.name == "second") return fail(ErrorKind::unreachable, "down");
        return {};
    };
    put(hub(), "m");
    engine_->run_due();
    open();
    std::vector<std::string> functions;
    runtime_.on_event = [&](Account&, const FunctionRecord& function, const Event&) {
        functions.push_back(function.name);
        return Result<void>{};
    };
    clock_.advance(std::chrono::minutes(1));
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(functions, std::vector<std::string>{"second"});
}

TEST_F(DeliveryRestart, DeadLettersStay) {
    ASSERT_TRUE(hub().functions().remove("archive"));
    const auto id = put(hub(), "m");
    engine_->run_due();
    open();
    ASSERT_EQ(letters(hub()).size(), 1U);
    EXPECT_EQ(Event::from_json(letters(hub())[0].body)->id, id);
}

/// The sender died after the receiver had stored the events and before it noted that.
TEST_F(DeliveryRestart, ABatchThatIsSentAgainIsStoredOnce) {
    allow(hub(), std::string(kDev));
    const Event event = dev().bus().stamp(entry("m")).value();
    const auto role = role_arn(dev().region(), dev().id(), "forwarding");
    ASSERT_TRUE(hub().bus().receive({&event, 1}, dev().id(), role));
    open();
    ASSERT_TRUE(hub().bus().receive({&event, 1}, dev().id(), role));
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(runtime_.delivered().size(), 1U);
}

TEST_F(DeliveryRestart, NewEventsDoNotTakeTheNumbersOfThoseThatWait) {
    const auto first = put(hub(), "m");
    open();
    const auto second = put(hub(), "m");
    EXPECT_EQ(engine_->run_due(), 2U);
    EXPECT_EQ(runtime_.delivered().at(0).id, first);
    EXPECT_EQ(runtime_.delivered().at(1).id, second);
}

TEST_F(DeliveryRestart, ASchedulePutsItsEventOnceAlthoughTheProcessIsNew) {
    Rule rule;
    rule.name = "hourly";
    rule.schedule_expression = "rate(1 hour)";
    ASSERT_TRUE(hub().bus().rules().put_rule(rule));
    const auto target = function_target(hub(), "archive");
    ASSERT_TRUE(hub().bus().rules().put_targets("hourly", {&target, 1}));
    clock_.advance(std::chrono::hours(1));
    EXPECT_EQ(engine_->run_due(), 1U);
    open();
    EXPECT_EQ(engine_->run_due(), 0U);
    clock_.advance(std::chrono::hours(1));
    EXPECT_EQ(engine_->run_due(), 1U);
}

}  // namespace
}  // namespace dsdash::embedded
