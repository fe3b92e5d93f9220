#include "aws/credentials/command_output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <utility>

namespace dsdash::aws {

namespace {

/// The reading end of a pipe whose other end is the child's stdout.
class Pipe {
  public:
    Pipe() {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
            read_ = ends[0];
            write_ = ends[1];
        }
    }
    ~Pipe() {
        close_write();
        if (read_ >= 0) {
            ::close(read_);
        }
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    [[nodiscard]] int read_end() const { return read_; }
    [[nodiscard]] int write_end() const { return write_; }
    void close_write() {
        if (write_ >= 0) {
            ::close(std::exchange(write_, -1));
        }
    }

  private:
    int read_ = -1;
    int write_ = -1;
};

Result<pid_t> start(const std::vector<std::string>& command, const Pipe& output) {
    std::vector<std::string> words(command);
    std::vector<char*> arguments;
    for (auto& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, output.write_end(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    pid_t child = 0;
    const int failed =
        ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        return fail(ErrorKind::not_found,
                    fmt::format("cannot run {}: errno {}", command.front(), failed));
    }
    return child;
}

using Deadline = std::chrono::steady_clock::time_point;

/// timed_out when the descriptor has nothing to read, not even its end, until the deadline.
Result<void> wait_for_input(int descriptor, Deadline deadline) {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) return fail(ErrorKind::timed_out, "it did not end in time");
        pollfd one{descriptor, POLLIN, 0};
        const auto timeout_ms = std::min<std::int64_t>(left.count(), 60'000);
        if (::poll(&one, 1, static_cast<int>(timeout_ms)) > 0) return {};
    }
}

Result<std::string> read_to_end(int descriptor, Deadline deadline) {
    std::string output;
    for (;;) {
        if (auto ready = wait_for_input(descriptor, deadline); !ready) {
            return std::unexpected(std::move(ready.error()));
        }
        std::array<char, 4096> room{};
        const auto count = ::read(descriptor, room.data(), room.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return output;
        }
        output.append(room.data(), static_cast<std::size_t>(count));
        if (output.size() > kCommandOutputMax) {
            return fail(ErrorKind::internal,
                        fmt::format("it wrote more than {} bytes", kCommandOutputMax));
        }
    }
}

/// A child may close its output and go on.
Result<void> wait_for_end(pid_t child, Deadline deadline) {
    // glibc 2.36 declares pidfd_open() for C alone.
    const auto descriptor = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    if (descriptor < 0) return fail(ErrorKind::internal, "cannot watch the child");
    auto ended = wait_for_input(descriptor, deadline);
    ::close(descriptor);
    return ended;
}

int take_status(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

}  // namespace

Result<std::vector<std::string>> split_command(std::string_view line) {
    std::vector<std::string> words;
    std::optional<std::string> word;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool last = i + 1 == line.size();
        if (c == '\\' && quote != '\'' && !last &&
            (quote == 0 || line[i + 1] == '"' || line[i + 1] == '\\')) {
            word = word.value_or("") + line[++i];
        } else if (quote != 0 && c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
            word = word.value_or("");
        } else if (quote == 0 && (c == ' ' || c == '\t')) {
            if (word) {
                words.push_back(std::move(*word));
                word.reset();
            }
        } else {
            word = word.value_or("") + c;
        }
    }
    if (quote != 0) {
        return fail(ErrorKind::malformed_input, "the command has an open quote");
    }
    if (word) {
        words.push_back(std::move(*word));
    }
    if (words.empty()) {
        return fail(ErrorKind::malformed_input, "the command is empty");
    }
    return words;
}

Result<std::string> run_command(const std::vector<std::string>& command,
                                std::chrono::steady_clock::time_point deadline) {
    Pipe pipe;
    if (pipe.read_end() < 0) {
        return fail(ErrorKind::internal, "cannot open a pipe");
    }
    const auto child = start(command, pipe);
    if (!child) {
        return std::unexpected(child.error());
    }
    pipe.close_write();
    auto output = read_to_end(pipe.read_end(), deadline);
    if (output) {
        if (auto ended = wait_for_end(*child, deadline); !ended) {
            output = std::unexpected(std::move(ended.error()));
        }
    }
    if (!output) {
        ::kill(*child, SIGKILL);
    }
    const int status = take_status(*child);
    if (output && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
        return fail(ErrorKind::internal,
                    fmt::format("{} failed: {} {}", command.front(),
                                WIFEXITED(status) ? "exit code" : "signal",
                                WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status)));
    }
    return output;
}

}  // namespace dsdash::aws
