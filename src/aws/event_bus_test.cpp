#include "aws/event_bus.hpp"

#include <gmock/gmock.h>

#include "services/testing/fake_aws_api.hpp"

namespace dsdash::aws {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Accepts every entry, unless `refusals` has a code left for its detail.
struct AwsEventBusTest : ::testing::Test {
    AwsEventBusTest() {
        api.on("events:PutEvents", [this](const json::object& input) -> Result<json::object> {
            json::array answers;
            for (const auto& entry : input.at("Entries").as_array()) {
                const std::string detail(entry.at("Detail").as_string());
                auto& codes = refusals[detail];
                if (codes.empty()) {
                    answers.emplace_back(json::object{{"EventId", "id-" + detail.substr(0, 12)}});
                } else {
                    answers.push_back({{"ErrorCode", codes.front()}, {"ErrorMessage", "sorry"}});
                    codes.erase(codes.begin());
                }
            }
            return json::object{{"Entries", answers}};
        });
    }

    static EventEntry entry(std::string detail) {
        return {"metric_extractor", "metric_extractor", std::move(detail), {}, std::nullopt};
    }
    std::vector<Result<std::string>> put(const std::vector<EventEntry>& entries) {
        return AwsEventBus(api, [this](milliseconds time) { waits.push_back(time); })
            .put_events(entries);
    }
    [[nodiscard]] std::vector<std::size_t> call_sizes() const {
        std::vector<std::size_t> sizes;
        for (const auto& input : api.inputs_of("events:PutEvents")) {
            sizes.push_back(input.at("Entries").as_array().size());
        }
        return sizes;
    }

    FakeAwsApi api;
    std::map<std::string, std::vector<std::string>> refusals;
    std::vector<milliseconds> waits;
};

TEST_F(AwsEventBusTest, PutsTenEntriesACallAndAnswersInOrder) {
    std::vector<EventEntry> entries;
    for (int i = 0; i < 23; ++i) entries.push_back(entry(std::to_string(i)));
    const auto answers = put(entries);
    EXPECT_THAT(call_sizes(), ElementsAre(10, 10, 3));
    ASSERT_EQ(answers.size(), 23U);
    EXPECT_EQ(answers[0].value(), "id-0");
    EXPECT_EQ(answers[22].value(), "id-22");
    EXPECT_THAT(waits, IsEmpty());
}

TEST_F(AwsEventBusTest, KeepsCallsWithinAMegabyte) {
    const std::string large(400'000, 'x');
    EXPECT_EQ(put({entry("a" + large), entry("b" + large), entry("c" + large)}).size(), 3U);
    EXPECT_THAT(call_sizes(), ElementsAre(2, 1));
}

TEST_F(AwsEventBusTest, LeavesItToEventBridgeToRefuseAnEntryThatIsTooLarge) {
    put({entry("a"), entry(std::string(2'000'000, 'x')), entry("b")});
    EXPECT_THAT(call_sizes(), ElementsAre(1, 1, 1));
}

TEST_F(AwsEventBusTest, WritesTheEntryAsTheApiSpellsIt) {
    auto full = entry("{}");
    full.resources = {"arn:r"};
    full.time = from_epoch_seconds(1'800'000'000.5).value();
    put({full});
    EXPECT_EQ(api.calls().at(0).input, object_of(R"({"Entries":[{"EventBusName":"default",
        "Source":"metric_extractor","DetailType":"metric_extractor","Detail":"{}",
        "Resources":["arn:r"],"Time":1800000000.5}]})"));
}

TEST_F(AwsEventBusTest, PutsOnlyTheThrottledEntriesAgain) {
    refusals["b"] = {"ThrottlingException", "InternalFailure"};
    const auto answers = put({entry("a"), entry("b"), entry("c")});
    EXPECT_EQ(answers[0].value(), "id-a");
    EXPECT_EQ(answers[1].value(), "id-b");
    EXPECT_THAT(call_sizes(), ElementsAre(3, 1, 1));
    EXPECT_THAT(waits, ElementsAre(milliseconds(100), milliseconds(200)));
}

TEST_F(AwsEventBusTest, GivesUpAfterThreeAttempts) {
    refusals["a"] = {5, "ThrottlingException"};
    const auto answers = put({entry("a")});
    ASSERT_FALSE(answers[0]);
    EXPECT_EQ(answers[0].error().kind, ErrorKind::throttled);
    EXPECT_EQ(call_sizes().size(), 3U);
}

TEST_F(AwsEventBusTest, DoesNotRepeatWhatCannotSucceed) {
    refusals["a"] = {"MalformedDetail"};
    refusals["b"] = {"AccessDeniedException"};
    const auto answers = put({entry("a"), entry("b")});
    EXPECT_EQ(answers[0].error().kind, ErrorKind::malformed_input);
    EXPECT_EQ(answers[0].error().code, "MalformedDetail");
    EXPECT_EQ(answers[1].error().kind, ErrorKind::denied);
    EXPECT_EQ(call_sizes().size(), 1U);
}

TEST_F(AwsEventBusTest, RepeatsACallThatFailedAsAWhole) {
    int calls = 0;
    api.on("events:PutEvents", [&](const json::object&) -> Result<json::object> {
        if (++calls == 1) return fail(ErrorKind::unreachable, "connection reset");
        return object_of(R"({"Entries":[{"EventId":"x"}]})");
    });
    EXPECT_EQ(put({entry("a")})[0].value(), "x");
}

TEST_F(AwsEventBusTest, AnswersEveryEntryThoughEventBridgeDoesNot) {
    for (const auto* answer : {"{}", R"({"Entries":[]})", R"({"Entries":7})",
                               R"({"Entries":[1,2]})", R"({"Entries":[{},{}]})"}) {
        api.script("events:PutEvents", {object_of(answer)});
        const auto answers = put({entry("a"), entry("b")});
        ASSERT_EQ(answers.size(), 2U);
        EXPECT_FALSE(answers[0]) << answer;
        EXPECT_FALSE(answers[1]) << answer;
    }
}

TEST_F(AwsEventBusTest, CallsNobodyForNoEntries) {
    EXPECT_THAT(put({}), IsEmpty());
    EXPECT_THAT(api.calls(), IsEmpty());
}

}  // namespace
}  // namespace dsdash::aws
