#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "domain/json.hpp"
#include "services/clock.hpp"

namespace dsdash::lambda {

enum class LogLevel { trace, debug, info, warn, error, fatal };

/// AWS_LAMBDA_LOG_LEVEL; info for anything that is no level.
[[nodiscard]] LogLevel parse_log_level(std::string_view text);

/// One line of JSON for each record, as Lambda's own structured logs are:
/// {"timestamp","level","requestId"?,"function","message",…}. Callers give it no payload, no answer
/// and no secret. The lines go to the stream that was given, which outlives this.
class FunctionLog {
  public:
    FunctionLog(std::ostream& out, const Clock& clock, LogLevel least, std::string function)
        : out_(out), clock_(clock), least_(least), function_(std::move(function)) {}

    /// Of all that follows; empty: none.
    void set_request_id(std::string request_id) { request_id_ = std::move(request_id); }

    /// Nothing when `level` is below the least one.
    void write(LogLevel level, std::string_view message, const json::object& fields = {});

  private:
    std::ostream& out_;
    const Clock& clock_;
    LogLevel least_;
    std::string function_;
    std::string request_id_;
};

}  // namespace dsdash::lambda
