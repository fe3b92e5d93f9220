#pragma once

#include <chrono>
#include <cstdint>

#include "domain/result.hpp"
#include "domain/utc_time.hpp"

namespace dsdash::simulation {

inline constexpr int kSpokesMax = 1'000;
inline constexpr int kMetricsMax = 100;
inline constexpr int kDaysMax = 1'825;
inline constexpr std::chrono::minutes kIntervalMin{5};
inline constexpr std::chrono::minutes kIntervalMax{24 * 60};
/// All records of a fleet: hours of putting events, and some gigabytes in the hub.
inline constexpr std::int64_t kRecordsMax = 100'000'000;

/// Everything that a fleet follows from: equal plans make equal fleets.
struct Plan {
    int spokes = 12;
    int metrics = 8;
    int days = 30;                      ///< of history before `end`
    std::chrono::minutes interval{60};  ///< between two extractions of a spoke
    std::uint64_t seed = 1;
    TimePoint end;    ///< what goes wrong in the fleet goes wrong shortly before this
    TimePoint until;  ///< the last extraction is not after this; a later one continues the fleet

    [[nodiscard]] TimePoint start() const { return end - std::chrono::days(days); }
};

/// malformed_input naming the number that is out of range, and the range.
Result<void> check_plan(const Plan& plan);

}  // namespace dsdash::simulation
