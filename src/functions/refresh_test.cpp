#include "functions/refresh.hpp"

#include <gmock/gmock.h>

#include "functions/testing/function_fixture.hpp"

namespace dsdash::functions {
namespace {

using ::testing::IsEmpty;

TEST(Refresh, PutsTheFetchEventWithItsId) {
    FunctionFixture fixture;
    ASSERT_TRUE(fixture.run("refresh", ""));
    ASSERT_EQ(fixture.bus.entries.size(), 1U);
    EXPECT_EQ(fixture.bus.entries[0].source, "metric_fetch");
    EXPECT_EQ(fixture.bus.entries[0].detail_type, "metric_fetch");
    EXPECT_EQ(fixture.bus.entries[0].detail, R"({"FetchId":"fetch-1"})");
}

TEST(Refresh, AnswersWithEverySpokeThatIsExpected) {
    FunctionFixture fixture;
    fixture.parameters.parameters = {{"/monitored_projects/churn/dev", "222222222222"},
                                     {"/monitored_projects/churn/int", "222222222222"},
                                     {"/monitored_projects/churn/prod", "nobody"}};
    EXPECT_EQ(fixture.answer_of("refresh", "{}"),
              object_of(R"({"FetchId":"fetch-1","FetchDate":"2026-11-23 12:00:00.000000",
                  "EventId":"event-1","Spokes":[
                  {"AccountId":"222222222222","ProjectName":"churn","Environment":"dev"},
                  {"AccountId":"222222222222","ProjectName":"churn","Environment":"int"}]})"));
}

TEST(Refresh, PutsNothingWhenTheSpokesCannotBeRead) {
    FunctionFixture fixture;
    fixture.parameters.failure = Error{ErrorKind::throttled, "slow down", {}, {}, {}};
    EXPECT_FALSE(fixture.run("refresh", "{}"));
    EXPECT_THAT(fixture.bus.entries, IsEmpty());
}

TEST(Refresh, HandsOnTheBussRefusal) {
    FunctionFixture fixture;
    fixture.bus.refusals["metric_fetch"] = Error{ErrorKind::denied, "no", {}, {}, {}};
    const auto answer = fixture.run("refresh", "{}");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::denied);
}

TEST(Refresh, RefusesPayloadsThatAreNoObjects) {
    FunctionFixture fixture;
    for (const auto* payload : {"[]", "now", "{}{}"}) {
        EXPECT_FALSE(fixture.run("refresh", payload)) << payload;
    }
    EXPECT_THAT(fixture.bus.entries, IsEmpty());
}

}  // namespace
}  // namespace dsdash::functions
