#pragma once

#include <csignal>
#include <optional>

#include "embedded/storage/file_descriptor.hpp"

namespace dsdash::cli {

/// Takes the signals that ask a process to stop (INT, TERM, HUP, QUIT), and CHLD, out of the usual
/// way of delivery, so that a poll() can wait for them. Made before any other thread is, and one at
/// a time: threads started later leave these signals alone, too.
class StopSignals {
  public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// Readable when a signal waits.
    [[nodiscard]] int descriptor() const { return descriptor_.get(); }
    /// The next signal that waits; nothing when none does.
    std::optional<int> take();
    /// Waits for a signal that asks to stop.
    int wait_for_stop();

  private:
    embedded::FileDescriptor descriptor_;
    sigset_t mask_before_{};
};

}  // namespace dsdash::cli
