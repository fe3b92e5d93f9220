#include "embedded/delivery/delivery_engine.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/bus_fixture.hpp"

namespace dsdash::embedded {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class DeliveryEngineTest : public BusFixture {
  protected:
    void answer_with(ErrorKind kind) {
        runtime_.on_event = [kind](Account&, const FunctionRecord&, const Event&) -> Result<void> {
            return fail(kind, "as the test says");
        };
    }
    void answer_well() {
        runtime_.on_event = [](Account&, const FunctionRecord&, const Event&) {
            return Result<void>{};
        };
    }
    /// A rule of the hub for source "m" whose target is a function that is there.
    void add_archive(std::optional<int> retries = {}, std::optional<int> age_s = {}) {
        add_function(hub(), "archive");
        Target target = function_target(hub(), "archive");
        target.retry_attempts_max = retries;
        target.event_age_max_s = age_s;
        add_rule(hub(), "metrics", "m", target);
    }
    /// Moves the clock on until nothing waits any more.
    int attempts_until_the_end() {
        int attempts = 0;
        while (const auto due = hub().bus().deliveries().lanes().next_due()) {
            if (*due > clock_.now()) clock_.advance(*due - clock_.now());
            attempts += static_cast<int>(engine_->run_due());
        }
        return attempts;
    }
};

TEST_F(DeliveryEngineTest, GivesAMatchingEventToTheFunctionOnce) {
    add_archive();
    const auto id = put(hub(), "m", R"({"value":1.10})");
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(engine_->run_due(), 0U);
    const auto delivered = runtime_.delivered();
    ASSERT_EQ(delivered.size(), 1U);
    EXPECT_EQ(delivered[0].id, id);
    EXPECT_EQ(delivered[0].account.text(), kHub);
    EXPECT_EQ(delivered[0].detail, R"({"value":1.10})");
}

TEST_F(DeliveryEngineTest, GivesTheFunctionItsTimeoutAsDeadline) {
    add_archive();
    put(hub(), "m");
    engine_->run_due();
    EXPECT_EQ(runtime_.deadlines().at(0), clock_.now() + seconds(3));
}

TEST_F(DeliveryEngineTest, DeliversManyEventsInBatchesOfAThousandInTheirOrder) {
    add_archive();
    std::vector<EventEntry> entries;
    for (int i = 0; i < 2'500; ++i) entries.push_back(entry("m", fmt::format(R"({{"n":{}}})", i)));
    for (const auto& id : hub().bus().put_events(entries)) ASSERT_TRUE(id);
    EXPECT_EQ(engine_->run_due(), 2'500U);
    EXPECT_EQ(runtime_.batches(), (std::vector<std::size_t>{1'000, 1'000, 500}));
    const auto delivered = runtime_.delivered();
    for (std::size_t i = 0; i < delivered.size(); ++i) {
        ASSERT_EQ(delivered[i].detail, fmt::format(R"({{"n":{}}})", i));
    }
}

TEST_F(DeliveryEngineTest, BoundsABatchByItsBytesToo) {
    add_archive();
    const std::string detail = fmt::format(R"({{"x":"{}"}})", std::string(900'000, 'x'));
    for (int i = 0; i < 20; ++i) put(hub(), "m", detail);
    EXPECT_EQ(engine_->run_due(), 20U);
    EXPECT_EQ(runtime_.batches(), (std::vector<std::size_t>{9, 9, 2}));
}

TEST_F(DeliveryEngineTest, RetriesWithGrowingDelaysUntilItSucceeds) {
    add_archive();
    put(hub(), "m");
    answer_with(ErrorKind::unreachable);
    EXPECT_EQ(engine_->run_due(), 1U);
    auto& lanes = hub().bus().deliveries().lanes();
    EXPECT_EQ(*lanes.next_due() - clock_.now(), std::chrono::milliseconds(500));  // 1 s x 0.5
    EXPECT_EQ(engine_->run_due(), 0U);
    clock_.advance(std::chrono::milliseconds(500));
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(*lanes.next_due() - clock_.now(), seconds(1));  // 2 s x 0.5
    clock_.advance(seconds(1));
    answer_well();
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(runtime_.delivered().size(), 1U);
    EXPECT_FALSE(lanes.next_due());
    EXPECT_TRUE(letters(hub()).empty());
}

TEST_F(DeliveryEngineTest, LaterEventsPassOneThatIsRetried) {
    add_archive();
    const auto bad = put(hub(), "m");
    runtime_.on_event = [&](Account&, const FunctionRecord&, const Event& event) -> Result<void> {
        if (event.id == bad) return fail(ErrorKind::internal, "bad");
        return {};
    };
    engine_->run_due();
    const auto good = put(hub(), "m");
    engine_->run_due();
    ASSERT_EQ(runtime_.delivered().size(), 1U);
    EXPECT_EQ(runtime_.delivered()[0].id, good);
}

TEST_F(DeliveryEngineTest, GivesUpAfterTheTargetsNumberOfRetries) {
    add_archive(2);
    put(hub(), "m");
    answer_with(ErrorKind::internal);
    EXPECT_EQ(attempts_until_the_end(), 3);
    const auto dead = letters(hub());
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].rule, "metrics");
    EXPECT_EQ(dead[0].target_arn, "arn:aws:lambda:eu-west-1:111111111111:function:archive");
    EXPECT_EQ(dead[0].error_code, "ERROR_FROM_TARGET");
    EXPECT_EQ(dead[0].error_message, "as the test says");
    EXPECT_EQ(dead[0].exhausted, "MaximumRetryAttempts");
    EXPECT_EQ(dead[0].retry_attempts, 2);
}

TEST_F(DeliveryEngineTest, GivesUpWhenTheEventIsTooOldForItsTarget) {
    add_archive({}, 60);
    put(hub(), "m");
    answer_with(ErrorKind::unreachable);
    attempts_until_the_end();
    const auto dead = letters(hub());
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].exhausted, "MaximumEventAgeInSeconds");
    EXPECT_EQ(dead[0].error_code, "CONNECTION_FAILURE");
}

TEST_F(DeliveryEngineTest, MakesAtMost185RetriesWithin24Hours) {
    add_archive();
    put(hub(), "m");
    const auto start = clock_.now();
    answer_with(ErrorKind::timed_out);
    const int attempts = attempts_until_the_end();
    EXPECT_GT(attempts, 150);
    EXPECT_LE(attempts, 186);
    EXPECT_LE(clock_.now() - start, hours(24));
    EXPECT_EQ(letters(hub()).at(0).error_code, "TIMEOUT");
}

TEST_F(DeliveryEngineTest, MissingPermissionGoesStraightToTheDeadLetters) {
    add_archive();
    put(hub(), "m");
    answer_with(ErrorKind::denied);
    EXPECT_EQ(attempts_until_the_end(), 1);
    const auto dead = letters(hub());
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].error_code, "NO_PERMISSIONS");
    EXPECT_EQ(dead[0].exhausted, "");
    EXPECT_EQ(dead[0].retry_attempts, 0);
}

TEST_F(DeliveryEngineTest, AFunctionThatIsGoneGoesStraightToTheDeadLetters) {
    add_archive();
    const auto id = put(hub(), "m");
    ASSERT_TRUE(hub().functions().remove("archive"));
    EXPECT_EQ(attempts_until_the_end(), 1);
    const auto dead = letters(hub());
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].error_code, "NO_RESOURCE");
    EXPECT_EQ(Event::from_json(dead[0].body)->id, id);
}

TEST_F(DeliveryEngineTest, AFunctionThatThrowsIsRetried) {
    add_archive();
    put(hub(), "m");
    runtime_.on_event = [](Account&, const FunctionRecord&, const Event&) -> Result<void> {
        throw std::runtime_error("a bug");
    };
    engine_->run_due();
    EXPECT_TRUE(hub().bus().deliveries().lanes().next_due());
    answer_well();
    clock_.advance(minutes(1));
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(runtime_.delivered().size(), 1U);
}

TEST_F(DeliveryEngineTest, OneTargetsFailureDoesNotRepeatTheOthers) {
    add_archive();
    add_function(hub(), "second");
    add_rule(hub(), "second", "m", function_target(hub(), "second"));
    runtime_.on_event = [](Account&, const FunctionRecord& function, const Event&) -> Result<void> {
        if (function.name == "second") return fail(ErrorKind::unreachable, "down");
        return {};
    };
    put(hub(), "m");
    EXPECT_EQ(engine_->run_due(), 2U);
    answer_well();
    clock_.advance(minutes(1));
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(runtime_.delivered().size(), 2U);
}

TEST_F(DeliveryEngineTest, CarriesEventsToAnotherAccountWithTheSendersIdentity) {
    connect(dev(), hub(), "m");
    add_archive();
    const auto id = put(dev(), "m", R"({"a":1})");
    EXPECT_EQ(engine_->run_due(), 2U);
    const auto delivered = runtime_.delivered();
    ASSERT_EQ(delivered.size(), 1U);
    EXPECT_EQ(delivered[0].id, id);
    EXPECT_EQ(delivered[0].account.text(), kDev);
}

TEST_F(DeliveryEngineTest, NeverForwardsWhatCameFromAnotherAccount) {
    connect(dev(), hub(), "m");
    connect(hub(), prod(), "m");
    add_function(prod(), "archive");
    add_rule(prod(), "metrics", "m", function_target(prod(), "archive"));
    put(dev(), "m");
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_TRUE(runtime_.delivered().empty());
    put(hub(), "m");
    EXPECT_EQ(engine_->run_due(), 2U);
    EXPECT_EQ(runtime_.delivered().size(), 1U);
}

TEST_F(DeliveryEngineTest, TwoAccountsThatForwardToEachOtherDoNotLoop) {
    connect(dev(), hub(), "m");
    connect(hub(), dev(), "m");
    put(dev(), "m");
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(engine_->run_due(), 0U);
}

TEST_F(DeliveryEngineTest, ChecksTheReceiversPolicyAtEveryDelivery) {
    connect(dev(), hub(), "m");
    put(dev(), "m");
    ASSERT_TRUE(hub().bus().policy().remove(std::string(kDev)));
    engine_->run_due();
    const auto dead = letters(dev());
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].error_code, "NO_PERMISSIONS");
    EXPECT_EQ(dead[0].target_arn, hub().bus().arn());
}

TEST_F(DeliveryEngineTest, ReplaysADeadLetterWhenTheCauseIsGone) {
    connect(dev(), hub(), "m");
    add_archive();
    const auto id = put(dev(), "m");
    ASSERT_TRUE(hub().bus().policy().remove_all());
    engine_->run_due();
    const auto dead = letters(dev());
    ASSERT_EQ(dead.size(), 1U);

    allow(hub(), std::string(kDev));
    const auto number = dead[0].number;
    EXPECT_TRUE(dev().dead_letters().replay(dev().bus(), {&number, 1}).at(0));
    EXPECT_TRUE(letters(dev()).empty());
    EXPECT_EQ(engine_->run_due(), 2U);
    ASSERT_EQ(runtime_.delivered().size(), 1U);
    EXPECT_EQ(runtime_.delivered()[0].id, id);
}

TEST_F(DeliveryEngineTest, RunsAFunctionThatTakesNoBatchesForEachEventWithADeadlineOfItsOwn) {
    add_function(hub(), "fetch", 120, "extraction");
    add_rule(hub(), "fetches", "m", function_target(hub(), "fetch"));
    for (int i = 0; i < 3; ++i) put(hub(), "m", fmt::format(R"({{"n":{}}})", i));
    std::vector<std::size_t> letters_before;
    runtime_.on_invoke = [&](Account&, const FunctionRecord&,
                             std::string_view payload) -> Result<std::string> {
        letters_before.push_back(letters(hub()).size());
        clock_.advance(seconds(100));
        if (payload.find(R"({"n":0})") == std::string_view::npos) return "{}";
        return fail(ErrorKind::malformed_input, "not this one");
    };
    const TimePoint start = clock_.now();
    EXPECT_EQ(engine_->run_due(), 3U);
    EXPECT_EQ(runtime_.deadlines(),
              (std::vector{start + seconds(120), start + seconds(220), start + seconds(320)}));
    // What became of the first is recorded before the second runs.
    EXPECT_EQ(letters_before, (std::vector<std::size_t>{0, 1, 1}));
    EXPECT_EQ(Event::from_json(runtime_.invocations().at(2)).value().detail, R"({"n":2})");
}

TEST_F(DeliveryEngineTest, RetriesAnAsynchronousInvocationTwice) {
    add_function(hub(), "extract");
    runtime_.on_invoke = [](Account&, const FunctionRecord&,
                            std::string_view) -> Result<std::string> {
        return fail(ErrorKind::denied, "no");
    };
    const TimePoint start = clock_.now();
    ASSERT_TRUE(hub().bus().queue_invocation("extract", R"({"a":1})"));
    EXPECT_EQ(attempts_until_the_end(), 3);
    EXPECT_EQ(clock_.now() - start, minutes(3));
    EXPECT_EQ(runtime_.invocations(), (std::vector<std::string>(3, R"({"a":1})")));
    const auto dead = letters(hub());
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].rule, "");
    EXPECT_EQ(dead[0].target_id, "extract");
    EXPECT_EQ(dead[0].exhausted, "MaximumRetryAttempts");
    EXPECT_EQ(dead[0].body, R"({"a":1})");
}

TEST_F(DeliveryEngineTest, PutsTheEventOfAScheduleOnceAPeriod) {
    add_function(hub(), "fetch");
    Rule rule;
    rule.name = "every-five";
    rule.schedule_expression = "rate(5 minutes)";
    ASSERT_TRUE(hub().bus().rules().put_rule(rule));
    const auto target = function_target(hub(), "fetch");
    ASSERT_TRUE(hub().bus().rules().put_targets("every-five", {&target, 1}));
    EXPECT_EQ(engine_->run_due(), 0U);
    clock_.advance(minutes(5));
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(engine_->run_due(), 0U);
    const auto delivered = runtime_.delivered();
    ASSERT_EQ(delivered.size(), 1U);
    EXPECT_EQ(delivered[0].source, "aws.events");
    EXPECT_EQ(delivered[0].detail_type, "Scheduled Event");
    EXPECT_EQ(delivered[0].resources,
              (std::vector<std::string>{"arn:aws:events:eu-west-1:111111111111:rule/every-five"}));
    clock_.advance(minutes(23));  // four periods passed while nothing ran: they are one event
    EXPECT_EQ(engine_->run_due(), 1U);
    clock_.advance(minutes(2));
    EXPECT_EQ(engine_->run_due(), 1U);
}

TEST_F(DeliveryEngineTest, ADisabledScheduleIsSilentAndNotCaughtUpWith) {
    add_function(hub(), "fetch");
    Rule rule;
    rule.name = "hourly";
    rule.schedule_expression = "rate(1 hour)";
    ASSERT_TRUE(hub().bus().rules().put_rule(rule));
    const auto target = function_target(hub(), "fetch");
    ASSERT_TRUE(hub().bus().rules().put_targets("hourly", {&target, 1}));
    ASSERT_TRUE(hub().bus().rules().set_enabled("hourly", false));
    clock_.advance(hours(3));
    EXPECT_EQ(engine_->run_due(), 0U);
    ASSERT_TRUE(hub().bus().rules().set_enabled("hourly", true));
    EXPECT_EQ(engine_->run_due(), 0U);
    clock_.advance(hours(1));
    EXPECT_EQ(engine_->run_due(), 1U);
}

}  // namespace
}  // namespace dsdash::embedded
