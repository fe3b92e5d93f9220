#include "mirror/retry_pace.hpp"

#include <algorithm>
#include <cstdint>

namespace dsdash::mirror {

std::chrono::milliseconds RetryPace::after_failure(double random) {
    const auto pause = pause_;
    pause_ = std::min<std::chrono::milliseconds>(pause_ * 2, kMax);
    const auto half = pause / 2;
    return half + std::chrono::milliseconds(
                      static_cast<std::int64_t>(static_cast<double>(half.count()) * random));
}

}  // namespace dsdash::mirror
