#pragma once

#include "domain/utc_time.hpp"

namespace dsdash {

/// Where the time comes from; tests bring their own. Any thread may call it.
class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual TimePoint now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override;
};

}  // namespace dsdash
