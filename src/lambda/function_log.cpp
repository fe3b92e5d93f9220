#include "lambda/function_log.hpp"

#include <algorithm>
#include <array>

#include "http/message.hpp"

namespace dsdash::lambda {

namespace {

// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
constexpr std::array<std::string_view, 6> kNames = {"TRACE", "DEBUG", "INFO",
                                                    "WARN",  "ERROR", "FATAL"};

/// "2026-11-23T12:00:00.123Z"
std::string format_timestamp(TimePoint time) {
    constexpr std::size_t kDate = 10;
    constexpr std::size_t kToMilliseconds = 23;
    auto text = format_extraction_date(time).substr(0, kToMilliseconds);
    text[kDate] = 'T';
    return text + 'Z';
}

}  // namespace

LogLevel parse_log_level(std::string_view text) {
    const auto found = std::ranges::find_if(
        kNames, [&](std::string_view name) { return http::equals_ignoring_case(name, text); });
    return found == kNames.end() ? LogLevel::info
                                 : static_cast<LogLevel>(std::distance(kNames.begin(), found));
}

void FunctionLog::write(LogLevel level, std::string_view message, const json::object& fields) {
    if (level < least_) {
        return;
    }
    json::object line{{"timestamp", format_timestamp(clock_.now())},
                      {"level", kNames.at(static_cast<std::size_t>(level))}};
    if (!request_id_.empty()) {
        line["requestId"] = request_id_;
    }
    line["function"] = function_;
    line["message"] = message;
    for (const auto& field : fields) {
        line[field.key()] = field.value();
    }
    out_ << json::serialize(line) << '\n' << std::flush;
}

}  // namespace dsdash::lambda
