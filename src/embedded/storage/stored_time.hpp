#pragma once

#include <cstdint>

#include "domain/utc_time.hpp"

namespace dsdash::embedded {

/// How an account's file holds a moment: microseconds since 1970, as INTEGER.
[[nodiscard]] inline std::int64_t to_micros(TimePoint time) {
    return time.time_since_epoch().count();
}

[[nodiscard]] inline TimePoint from_micros(std::int64_t microseconds) {
    return TimePoint(std::chrono::microseconds(microseconds));
}

}  // namespace dsdash::embedded
