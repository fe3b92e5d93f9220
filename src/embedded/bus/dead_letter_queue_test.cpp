#include "embedded/bus/dead_letter_queue.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/bus_fixture.hpp"

namespace dsdash::embedded {
namespace {

class DeadLetterQueueTest : public BusFixture {
  protected:
    /// Makes `count` dead letters of the rule "metrics", whose function is not there.
    void make_letters(int count) {
        add_rule(hub(), "metrics", "m", function_target(hub(), "archive"));
        std::vector<EventEntry> entries(static_cast<std::size_t>(count), entry("m"));
        for (const auto& id : hub().bus().put_events(entries)) ASSERT_TRUE(id);
        engine_->run_due();
    }
    std::vector<Result<void>> replay(std::vector<std::int64_t> numbers) {
        return hub().dead_letters().replay(hub().bus(), numbers);
    }
};

TEST_F(DeadLetterQueueTest, ListsInPagesByNumber) {
    make_letters(5);
    const auto all = letters(hub());
    ASSERT_EQ(all.size(), 5U);
    const auto page = hub().dead_letters().list(all[1].number, 2).value();
    ASSERT_EQ(page.size(), 2U);
    EXPECT_EQ(page[0].number, all[2].number);
    EXPECT_EQ(page[1].number, all[3].number);
    EXPECT_TRUE(hub().dead_letters().list(all[4].number, 2)->empty());
    EXPECT_EQ(all[0].time, clock_.now());
}

TEST_F(DeadLetterQueueTest, ALetterThatIsReplayedBeginsAnew) {
    make_letters(1);
    clock_.advance(std::chrono::hours(48));  // older than any retry policy allows
    add_function(hub(), "archive");
    runtime_.on_event = [](Account&, const FunctionRecord&, const Event&) -> Result<void> {
        return fail(ErrorKind::unreachable, "not yet");
    };
    EXPECT_TRUE(replay({letters(hub())[0].number}).at(0));
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_TRUE(letters(hub()).empty());
    EXPECT_TRUE(hub().bus().deliveries().lanes().next_due());
}

TEST_F(DeadLetterQueueTest, ReplayAnswersForEachLetter) {
    make_letters(2);
    const auto all = letters(hub());
    const auto answers = replay({all[0].number, 999, all[1].number, -1});
    ASSERT_EQ(answers.size(), 4U);
    EXPECT_TRUE(answers[0]);
    EXPECT_EQ(answers[1].error().kind, ErrorKind::not_found);
    EXPECT_TRUE(answers[2]);
    EXPECT_EQ(answers[3].error().kind, ErrorKind::not_found);
    EXPECT_TRUE(letters(hub()).empty());
}

TEST_F(DeadLetterQueueTest, AReplayIsDurable) {
    make_letters(1);
    const auto id = Event::from_json(letters(hub())[0].body)->id;
    add_function(hub(), "archive");
    EXPECT_TRUE(replay({letters(hub())[0].number}).at(0));
    open();
    EXPECT_EQ(engine_->run_due(), 1U);
    EXPECT_EQ(runtime_.delivered().at(0).id, id);
}

TEST_F(DeadLetterQueueTest, TheSameLetterTwiceInOneReplayGoesOutOnce) {
    make_letters(1);
    add_function(hub(), "archive");
    const auto number = letters(hub())[0].number;
    const auto answers = replay({number, number});
    EXPECT_TRUE(answers.at(0));
    EXPECT_FALSE(answers.at(1));
    EXPECT_EQ(engine_->run_due(), 1U);
}

TEST_F(DeadLetterQueueTest, LettersOfOneEventForTwoTargetsAreReplayedBoth) {
    make_letters(0);
    allow(hub(), std::string(kDev));
    add_rule(hub(), "second", "m", function_target(hub(), "second"));
    const Event event = dev().bus().stamp(entry("m")).value();
    ASSERT_TRUE(hub().bus().receive({&event, 1}, dev().id(), "arn:aws:iam::222222222222:role/x"));
    engine_->run_due();
    const auto dead = letters(hub());
    ASSERT_EQ(dead.size(), 2U);
    add_function(hub(), "archive");
    add_function(hub(), "second");
    for (const auto& answer : replay({dead[0].number, dead[1].number})) EXPECT_TRUE(answer);
    EXPECT_EQ(engine_->run_due(), 2U);
}

TEST_F(DeadLetterQueueTest, NewLettersTakeExpiredOnesWithThem) {
    make_letters(3);
    clock_.advance(std::chrono::days(14));
    put(hub(), "m");
    engine_->run_due();
    EXPECT_EQ(letters(hub()).size(), 4U);
    clock_.advance(std::chrono::seconds(1));
    put(hub(), "m");
    engine_->run_due();
    EXPECT_EQ(letters(hub()).size(), 3U);
    EXPECT_EQ(letters(hub())[0].number, 3);
}

}  // namespace
}  // namespace dsdash::embedded
