#pragma once

#include "services/clock.hpp"

namespace dsdash::dashboard {

/// For tests: noon of 2026-11-23, until time passes.
class MovingClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override { return now_; }
    void pass(std::chrono::seconds time) { now_ += time; }

  private:
    TimePoint now_ = parse_iso8601("2026-11-23T12:00:00Z").value();
};

}  // namespace dsdash::dashboard
