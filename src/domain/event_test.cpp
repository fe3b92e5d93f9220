#include "domain/event.hpp"

#include <gtest/gtest.h>

namespace dsdash {

namespace {

Event sample() {
    return Event{.id = "e-1",
                 .source = "metric_extractor",
                 .detail_type = "metric_extractor",
                 .account = *AccountId::parse("222222222222"),
                 .region = *Region::parse("eu-west-1"),
                 .time = TimePoint(std::chrono::seconds(1795435200)),
                 .resources = {"arn:a", "quote\"d"},
                 .detail = R"({"MetricValue": 0.10, "x":12345678901234567890.5})"};
}

constexpr std::string_view kSampleText =
    R"({"version":"0","id":"e-1","detail-type":"metric_extractor","source":"metric_extractor",)"
    R"("account":"222222222222","time":"2026-11-23T12:00:00Z","region":"eu-west-1",)"
    R"("resources":["arn:a","quote\"d"],"detail":{"MetricValue": 0.10, "x":12345678901234567890.5}})";

std::string nested(std::size_t depth) {
    return R"({"a":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
}

}  // namespace

TEST(Event, IsWrittenAsEventBridgeWritesItWithTheDetailUnchanged) {
    EXPECT_EQ(sample().to_json(), kSampleText);
}

TEST(Event, ReadsBackWhatItWrites) {
    const auto event = Event::from_json(kSampleText);
    ASSERT_TRUE(event) << event.error().message;
    EXPECT_EQ(event->id, "e-1");
    EXPECT_EQ(event->account.text(), "222222222222");
    EXPECT_EQ(event->resources, sample().resources);
    EXPECT_EQ(event->time, sample().time);
    EXPECT_EQ(event->detail, sample().detail);
    EXPECT_EQ(event->to_json(), kSampleText);
}

TEST(Event, TreeHoldsWhatTheTextHolds) {
    const auto tree = sample().to_object();
    ASSERT_TRUE(tree);
    EXPECT_EQ(*tree, *parse_json_object(kSampleText));
}

TEST(Event, TreeIsRefusedForADetailThatIsNoObject) {
    auto event = sample();
    for (const auto* detail : {"[]", "1", "", "{", "{\"a\":NaN}"}) {
        event.detail = detail;
        EXPECT_FALSE(event.to_object()) << detail;
    }
}

TEST(Event, NeedsNoResources) {
    const auto event =
        Event::from_json(R"({"id":"i","detail-type":"t","source":"s","account":"222222222222",)"
                         R"("time":"2026-11-23T12:00:00Z","region":"eu-west-1","detail":{}})");
    ASSERT_TRUE(event);
    EXPECT_TRUE(event->resources.empty());
    EXPECT_EQ(event->detail, "{}");
}

TEST(Event, NamesTheFieldThatIsWrong) {
    const auto refusal = [](std::string_view field, std::string_view replacement) {
        auto object = *parse_json_object(kSampleText);
        if (replacement.empty()) {
            object.erase(json::string_view(field.data(), field.size()));
        } else {
            object[json::string_view(field.data(), field.size())] = *parse_json(replacement);
        }
        const auto event = Event::from_json(json::serialize(object));
        return event ? "accepted" : event.error().message;
    };
    EXPECT_EQ(refusal("id", ""), "an event's id must be a string");
    EXPECT_EQ(refusal("source", "5"), "an event's source must be a string");
    EXPECT_EQ(refusal("detail-type", "null"), "an event's detail-type must be a string");
    EXPECT_EQ(refusal("account", "\"12\""),
              "an event's account: an account id must be exactly 12 digits");
    EXPECT_TRUE(refusal("region", "\"EU\"").starts_with("an event's region: "));
    EXPECT_TRUE(refusal("time", "\"noon\"").starts_with("an event's time: "));
    EXPECT_EQ(refusal("resources", "{}"), "an event's resources must be an array");
    EXPECT_EQ(refusal("resources", "[1]"), "an event's resources element must be a string");
    EXPECT_EQ(refusal("detail", "\"{}\""), "an event's detail must be an object");
    EXPECT_EQ(refusal("detail", ""), "an event's detail must be an object");
}

TEST(Event, IsRefusedWhereverItIsCut) {
    for (std::size_t cut = 0; cut < kSampleText.size(); ++cut) {
        EXPECT_FALSE(Event::from_json(kSampleText.substr(0, cut))) << cut;
    }
}

TEST(Event, TravelsWithADetailThatUsesAllLevels) {
    auto event = sample();
    event.detail = nested(kJsonDepthMax);
    EXPECT_EQ(Event::from_json(event.to_json())->detail, event.detail);
    EXPECT_TRUE(event.to_object());
    event.detail = nested(kJsonDepthMax + 1);
    EXPECT_FALSE(Event::from_json(event.to_json()));
    EXPECT_FALSE(event.to_object());
    event.detail = nested(100'000);
    EXPECT_FALSE(Event::from_json(event.to_json()));
}

TEST(Event, LastOfDuplicateFieldsCounts) {
    std::string text(kSampleText);
    text.insert(1, R"("id":"first","detail":{"first":1},)");
    const auto event = Event::from_json(text);
    ASSERT_TRUE(event);
    EXPECT_EQ(event->id, "e-1");
    EXPECT_EQ(event->detail, sample().detail);
}

TEST(EntrySize, CountsUtf8BytesAndFourteenForATime) {
    EventEntry entry{.source = "abc",
                     .detail_type = "\xC3\xA9",
                     .detail = "{}",
                     .resources = {"1234", "56"},
                     .time = std::nullopt};
    EXPECT_EQ(entry_size_bytes(entry), 13U);
    entry.time = TimePoint{};
    EXPECT_EQ(entry_size_bytes(entry), 27U);
}

}  // namespace dsdash
