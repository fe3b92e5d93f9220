#pragma once

#include <optional>

#include "domain/decimal.hpp"
#include "simulation/activity.hpp"
#include "simulation/fleet.hpp"

namespace dsdash::simulation {

/// The values of one metric of one spoke. Nothing is said here about when there are any
/// (extraction_times.hpp).
class Series {
  public:
    /// `metric`: index in fleet.metrics(). Lifetime: within that of both.
    Series(const Fleet& fleet, const Spoke& spoke, std::size_t metric);

    /// At a time in the plan.
    [[nodiscard]] Decimal value_at(TimePoint time) const;

  private:
    [[nodiscard]] double total(TimePoint time) const;
    [[nodiscard]] double last_day(TimePoint time) const;
    [[nodiscard]] double level(TimePoint time) const;
    [[nodiscard]] double measure(TimePoint time) const;
    [[nodiscard]] double growing(TimePoint time) const;
    [[nodiscard]] double ideal_value(TimePoint time) const;

    const Plan& plan_;
    const Spoke& spoke_;
    std::size_t metric_;
    const MetricKind& kind_;
    Noise noise_;
    double usual_;   ///< what the values are about, in the kind's range
    double before_;  ///< of a total: what was counted before the plan
    std::optional<Activity> activity_;
    std::optional<TimePoint> activity_end_;
};

}  // namespace dsdash::simulation
