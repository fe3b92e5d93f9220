#include "aws/retry.hpp"

#include <algorithm>
#include <cmath>

namespace dsdash::aws {

std::chrono::milliseconds backoff_delay(int attempt, double random) {
    constexpr double kSecondsMax = 20;
    const double seconds = std::min(random * std::exp2(attempt - 1), kSecondsMax);
    return std::chrono::milliseconds(std::lround(seconds * 1000));
}

}  // namespace dsdash::aws
