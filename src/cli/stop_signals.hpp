#pragma once

#include <chrono>
#include <csignal>
#include <initializer_list>
#include <optional>

#include "embedded/storage/file_descriptor.hpp"

namespace dsdash::cli {

/// Whether it is one of INT, TERM, HUP and QUIT.
[[nodiscard]] bool asks_to_stop(int signal);

/// Takes the signals that ask a process to stop, and others that are named, out of the usual way of
/// delivery, so that a poll() can wait for them. Made before any other thread is, and one at a
/// time: threads started later leave these signals alone, too.
class StopSignals {
  public:
    StopSignals(std::initializer_list<int> others = {});
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// Readable when a signal waits.
    [[nodiscard]] int descriptor() const { return descriptor_.get(); }
    /// The next signal that waits; nothing when none does.
    std::optional<int> take();
    /// Waits for a signal that asks to stop.
    int wait_for_stop();
    /// The same, for so long at most; nothing when none came.
    std::optional<int> wait_for_stop(std::chrono::milliseconds at_most);

  private:
    embedded::FileDescriptor descriptor_;
    sigset_t mask_before_{};
};

}  // namespace dsdash::cli
