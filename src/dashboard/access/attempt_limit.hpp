#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "services/clock.hpp"

namespace dsdash::dashboard {

/// How often strangers may fail, each and all together, in a minute. Tokens cannot be guessed
/// anyway; this bounds the work and the log that trying makes. Any thread may call it.
class AttemptLimit {
  public:
    static constexpr std::size_t kFailuresOfOne = 5;
    static constexpr std::size_t kFailuresOfAll = 100;
    static constexpr std::chrono::seconds kPeriod{60};

    /// `clock` must outlive it.
    explicit AttemptLimit(const Clock& clock) : clock_(clock) {}

    /// Takes an attempt, which counts as a failure unless it is given back; attempts that run at
    /// once cannot exceed the limit so. Otherwise the time to wait, 1 s to kPeriod.
    [[nodiscard]] std::optional<std::chrono::seconds> take(std::string_view address);
    /// The attempt succeeded.
    void give_back(std::string_view address);

  private:
    struct Count {
        TimePoint since;
        std::size_t failures = 0;
    };

    const Clock& clock_;
    std::mutex mutex_;  // guards all below
    Count all_{TimePoint::min(), 0};
    std::map<std::string, Count, std::less<>> ones_;  ///< at most two periods' failures
};

}  // namespace dsdash::dashboard
