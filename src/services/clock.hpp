#pragma once

#include "domain/utc_time.hpp"

namespace dsdash {

/// Where the time comes from, and how one waits for it; tests bring their own. Any thread may call
/// it.
class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual TimePoint now() const = 0;
    /// Returns when now() has reached `time`; at once when it is past.
    virtual void sleep_until(TimePoint time) const;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override;
};

}  // namespace dsdash
