#include <gtest/gtest.h>

#include "endpoint/testing/operation_fixture.hpp"

namespace dsdash::endpoint {
namespace {

class TestEventPattern : public OperationFixture {
  protected:
    TestEventPattern() : OperationFixture(events_service()) {}

    std::string test(std::string_view pattern, std::string_view event) {
        const json::object input{{"EventPattern", pattern}, {"Event", event}};
        return answer("TestEventPattern", json::serialize(input));
    }
};

constexpr std::string_view kEvent =
    R"({"id":"1","account":"111111111111","source":"m","time":"2026-11-23T12:00:00Z",
        "region":"eu-west-1","resources":[],"detail-type":"t","detail":{"a":1}})";

TEST_F(TestEventPattern, TellsWhetherTheEventMatches) {
    EXPECT_EQ(test(R"({"source":["m"]})", kEvent), R"({"Result":true})");
    EXPECT_EQ(test(R"({"detail":{"a":[2]}})", kEvent), R"({"Result":false})");
}

TEST_F(TestEventPattern, RefusesWhatIsNoPatternOrNoEvent) {
    EXPECT_EQ(test(R"({"source":"m"})", kEvent), "InvalidEventPatternException");
    EXPECT_EQ(test("", kEvent), "InvalidEventPatternException");
    EXPECT_NE(test(R"({"source":["m"]})", R"({"source":"m"})").find("Event"), std::string::npos);
    EXPECT_NE(test(R"({"source":["m"]})", "[]").find("Event"), std::string::npos);
    EXPECT_NE(test(R"({"source":["m"]})", std::string(100'000, '[')).find("Event"),
              std::string::npos);
    EXPECT_EQ(refusal("TestEventPattern", R"({"EventPattern":"{}"})").kind,
              ErrorKind::malformed_input);
    EXPECT_EQ(refusal("TestEventPattern", "{}").message, "EventPattern is required");
}

}  // namespace
}  // namespace dsdash::endpoint
