#include "lambda/function_log.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace dsdash::lambda {
namespace {

class NoonClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override {
        return parse_extraction_date("2026-11-23 12:00:00.123456").value();
    }
};

TEST(FunctionLog, WritesOneLineOfJson) {
    std::ostringstream out;
    const NoonClock clock;
    FunctionLog log(out, clock, LogLevel::info, "archive");
    log.write(LogLevel::info, "a \"b\"\nc");
    log.set_request_id("r-1");
    log.write(LogLevel::error, "d", {{"durationMs", 5}});
    EXPECT_EQ(out.str(),
              R"({"timestamp":"2026-11-23T12:00:00.123Z","level":"INFO","function":"archive",)"
              R"("message":"a \"b\"\nc"})"
              "\n"
              R"({"timestamp":"2026-11-23T12:00:00.123Z","level":"ERROR","requestId":"r-1",)"
              R"("function":"archive","message":"d","durationMs":5})"
              "\n");
}

TEST(FunctionLog, LeavesOutWhatIsBelowTheLeastLevel) {
    std::ostringstream out;
    const NoonClock clock;
    FunctionLog log(out, clock, parse_log_level("warn"), "archive");
    log.write(LogLevel::info, "no");
    EXPECT_EQ(out.str(), "");
    log.write(LogLevel::warn, "yes");
    EXPECT_NE(out.str(), "");
}

TEST(FunctionLog, TakesInfoForALevelThatIsNone) {
    EXPECT_EQ(parse_log_level(""), LogLevel::info);
    EXPECT_EQ(parse_log_level("loud"), LogLevel::info);
    EXPECT_EQ(parse_log_level("FATAL"), LogLevel::fatal);
}

}  // namespace
}  // namespace dsdash::lambda
