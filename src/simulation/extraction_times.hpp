#pragma once

#include <vector>

#include "simulation/fleet.hpp"

namespace dsdash::simulation {

/// How long after one metric the next one of the same extraction is computed.
inline constexpr std::chrono::milliseconds kPerMetric{41};

/// When a spoke computes its first metric, extraction by extraction: some seconds after each
/// interval began, and not in an outage, which now and then takes hours or days, nor after the
/// spoke has fallen silent. The last extraction is over at plan.until. Microseconds tell spokes
/// apart, so no two of them give a metric the same ExtractionDate.
[[nodiscard]] std::vector<TimePoint> extraction_times(const Fleet& fleet, const Spoke& spoke);

}  // namespace dsdash::simulation
