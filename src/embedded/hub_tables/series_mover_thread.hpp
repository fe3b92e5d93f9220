#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "domain/result.hpp"

namespace dsdash::embedded {

/// Runs the steps of a mover in the background: one after the other while there is something to
/// move, then every half minute.
class SeriesMoverThread {
  public:
    /// `step` returns how many records it moved; it is called from the thread alone.
    explicit SeriesMoverThread(std::function<Result<std::size_t>()> step);
    /// Ends the thread after the step that is under way.
    ~SeriesMoverThread();

    /// Starts the thread unless it runs. Any thread may call it.
    void start();

  private:
    void run(const std::stop_token& stop);

    std::function<Result<std::size_t>()> step_;
    std::once_flag started_;
    std::mutex mutex_;
    std::condition_variable_any stopped_;
    std::jthread thread_;
};

}  // namespace dsdash::embedded
