#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "cli/stop_signals.hpp"
#include "domain/result.hpp"
#include "embedded/storage/file_descriptor.hpp"

namespace dsdash::cli {

/// How a child ended.
struct ChildExit {
    int exit_code = 0;             ///< 128 + signal when a signal ended it, as shells have it
    std::optional<int> killed_by;  ///< the signal that ended it
    std::optional<int> passed_on;  ///< the last signal to stop that we passed on to it
    std::string last_error_line;   ///< of its stderr, UTF-8 of at most 512 bytes; may be empty
};

/// A command that runs as a child, in a process group of its own. Its stdout is ours; its stderr
/// goes through us to ours; its stdin is ours unless that is a terminal, which a background group
/// may not read. Its parent must not go before it has ended.
class ChildProcess {
  public:
    /// `command[0]` is looked for in PATH. not_found when there is no such program, denied when it
    /// may not be executed.
    static Result<ChildProcess> start(const std::vector<std::string>& command);

    /// Waits for its end; passes the signals that come on to its process group meanwhile.
    ChildExit wait(StopSignals& signals);

  private:
    ChildProcess(pid_t pid, embedded::FileDescriptor errors)
        : pid_(pid), errors_(std::move(errors)) {}
    bool relay_errors(std::string& tail);
    void pass_on(int signal) const;

    pid_t pid_;
    embedded::FileDescriptor errors_;
};

}  // namespace dsdash::cli
