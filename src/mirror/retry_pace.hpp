#pragma once

#include <chrono>

namespace dsdash::mirror {

/// How long to wait before what has failed is tried again: twice as long each time, up to kMax, and
/// half of that at random, so that many who were cut off do not come back at once.
class RetryPace {
  public:
    static constexpr std::chrono::seconds kFirst{2};
    static constexpr std::chrono::minutes kMax{5};

    /// `random`: 0 to 1.
    std::chrono::milliseconds after_failure(double random);
    void reset() { pause_ = kFirst; }

  private:
    std::chrono::milliseconds pause_ = kFirst;
};

}  // namespace dsdash::mirror
