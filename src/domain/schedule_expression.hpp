#pragma once

#include <chrono>
#include <string_view>

#include "domain/utc_time.hpp"

namespace dsdash {

/// "rate(n minutes|hours|days)": when a rule fires by itself.
/// docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
class ScheduleExpression {
  public:
    /// malformed_input for anything else; cron() is not offered here. As EventBridge wants it, 1
    /// takes the unit's singular and everything above its plural.
    static Result<ScheduleExpression> parse(std::string_view text);

    [[nodiscard]] std::chrono::minutes period() const { return period_; }

    /// The first moment after `now` that lies a whole number of periods after `last`, so that time
    /// in which nothing ran is skipped and not caught up with.
    [[nodiscard]] TimePoint next_after(TimePoint last, TimePoint now) const;

  private:
    explicit ScheduleExpression(std::chrono::minutes period) : period_(period) {}
    std::chrono::minutes period_;
};

}  // namespace dsdash
