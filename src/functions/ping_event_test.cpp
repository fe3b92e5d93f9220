#include "functions/ping_event.hpp"

#include <gtest/gtest.h>

#include "domain/event_pattern.hpp"
#include "functions/event_patterns.hpp"
#include "functions/testing/function_fixture.hpp"

namespace dsdash::functions {
namespace {

const Ping kPing{"ping-1", parse_extraction_date("2026-11-23 11:59:58.250000").value()};

Event event_of(const EventEntry& entry) {
    return make_event(entry.source, entry.detail_type, entry.detail);
}

bool matches(std::string_view pattern, const Event& event) {
    return EventPattern::parse(pattern)->matches(object_of(event.to_json()));
}

TEST(PingEvent, GoesToSpokesAndNotToTheArchive) {
    const auto ping = event_of(make_ping_event(kPing));
    EXPECT_TRUE(is_ping_event(ping));
    EXPECT_TRUE(matches(kExtractionPattern, ping));
    EXPECT_FALSE(matches(kResultsPattern, ping));
    EXPECT_FALSE(matches(kArchivePattern, ping));
}

TEST(PingEvent, IsAnsweredByAPongThatGoesToHubsAndItsArchive) {
    const auto pong = event_of(make_pong_event(kPing));
    EXPECT_TRUE(is_pong_event(pong));
    EXPECT_FALSE(matches(kExtractionPattern, pong));
    EXPECT_TRUE(matches(kResultsPattern, pong));
    EXPECT_TRUE(matches(kArchivePattern, pong));
}

TEST(PingEvent, ComesBackAsItWasAsked) {
    const auto arrived = parse_extraction_date("2026-11-23 12:00:01.000000").value();
    const auto ping = parse_ping_event(event_of(make_ping_event(kPing))).value();
    const auto pong = parse_pong_event(event_of(make_pong_event(ping)), arrived).value();
    EXPECT_EQ(pong.account_id, "222222222222");
    EXPECT_EQ(pong.ping_id, "ping-1");
    EXPECT_EQ(pong.ping_date, kPing.date);
    EXPECT_EQ(pong.date, arrived);
}

TEST(PingEvent, HasTheEventsTimeWhenItsOwnIsAbsentOrWrong) {
    for (const auto* detail : {"{}", R"({"PingDate":7})", R"({"PingDate":"yesterday"})"}) {
        const auto event = make_event("ds-dashboard", "ping", detail);
        EXPECT_EQ(parse_ping_event(event)->date, event.time) << detail;
    }
}

TEST(PingEvent, HasNoIdThatIsTooLong) {
    const auto detail = R"({"PingId":")" + std::string(kPingIdBytesMax + 1, 'x') + R"("})";
    EXPECT_EQ(parse_ping_event(make_event("ds-dashboard", "ping", detail))->id, "");
}

}  // namespace
}  // namespace dsdash::functions
