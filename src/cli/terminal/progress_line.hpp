#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "cli/terminal/console.hpp"

namespace dsdash::cli {

/// One line about how far something long has come: written over itself on a terminal, a line now
/// and then where there is none. Any thread may call it.
class ProgressLine {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    explicit ProgressLine(Console& console,
                          std::function<SteadyTime()> now = std::chrono::steady_clock::now)
        : console_(console), now_(std::move(now)) {}

    /// Shown unless another one was shown just before.
    void show(std::string_view text);
    /// Always shown, and stays.
    void finish(std::string_view text);

  private:
    void write(std::string_view text, std::string_view end);

    Console& console_;
    std::function<SteadyTime()> now_;
    std::mutex mutex_;
    SteadyTime next_ = SteadyTime::min();
};

}  // namespace dsdash::cli
