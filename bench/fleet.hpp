#pragma once

#include <cstdint>

namespace dsdash::bench {

/// The fleet that the loads come from: 1,200 series. Projects are named project-00 to project-23,
/// all in environment dev; metrics metric-00 to metric-49.
inline constexpr std::int64_t kFleetMetrics = 50;
inline constexpr std::int64_t kFleetProjects = 24;

}  // namespace dsdash::bench
