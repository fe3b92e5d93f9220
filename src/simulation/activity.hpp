#pragma once

#include <cstdint>
#include <vector>

#include "simulation/metric_kinds.hpp"
#include "simulation/noise.hpp"
#include "simulation/plan.hpp"

namespace dsdash::simulation {

/// How much of a load falls on one day: little on a weekend, more as time passes.
[[nodiscard]] double load_on(Load load, std::chrono::sys_days day, const Plan& plan);
/// How much of a load an environment has: people train in dev, customers are served in prod.
[[nodiscard]] double share_of(Load load, std::string_view environment);

/// Something that happens again and again in one spoke, counted: training jobs, predictions.
class Activity {
  public:
    struct Rate {
        double per_day;  ///< on a working day
        Load load;
    };
    Activity(const Noise& noise, const Rate& rate, const Plan& plan);

    /// How often it happened before `time`, which is in the plan, or a day before it.
    [[nodiscard]] std::int64_t count_at(TimePoint time) const;

  private:
    std::chrono::sys_days first_day_;
    std::vector<std::int64_t> counts_;  ///< at the beginning of each day, and of the one after
};

}  // namespace dsdash::simulation
