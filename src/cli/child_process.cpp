#include "cli/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <cstring>

#include "domain/utf8.hpp"

namespace dsdash::cli {

namespace {

constexpr std::size_t kTailBytesMax = 4096;
constexpr std::size_t kLineBytesMax = 512;

struct Pipe {
    embedded::FileDescriptor read_end;
    embedded::FileDescriptor write_end;
};

Result<Pipe> open_pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return fail(ErrorKind::internal, fmt::format("pipe: {}", std::strerror(errno)));
    }
    return Pipe{embedded::FileDescriptor(ends[0]), embedded::FileDescriptor(ends[1])};
}

/// Everything that posix_spawn is told about the child.
class SpawnPlan {
  public:
    explicit SpawnPlan(int error_descriptor) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, error_descriptor, STDERR_FILENO);
        if (isatty(STDIN_FILENO) == 1) {
            posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        }
        // Libraries open sockets without CLOEXEC; the child is to inherit none of them.
        posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);

        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnPlan() {
        posix_spawnattr_destroy(&attributes_);
        posix_spawn_file_actions_destroy(&actions_);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    /// The child's id, or errno.
    std::expected<pid_t, int> spawn(const std::vector<std::string>& command) const {
        std::vector<char*> words;
        for (const auto& word : command) {
            words.push_back(
                const_cast<char*>(word.c_str()));  // posix_spawn leaves them as they are
        }
        words.push_back(nullptr);
        pid_t pid = 0;
        const int code =
            posix_spawnp(&pid, words.front(), &actions_, &attributes_, words.data(), environ);
        if (code != 0) {
            return std::unexpected(code);
        }
        return pid;
    }

  private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

void write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = write(descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            return;  // nobody reads our stderr any more; the child goes on
        }
        text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
}

std::string last_line(std::string_view tail) {
    while (tail.ends_with('\n') || tail.ends_with('\r')) {
        tail.remove_suffix(1);
    }
    const auto start = tail.rfind('\n');
    auto line = start == std::string_view::npos ? tail : tail.substr(start + 1);
    return std::string(clip_utf8(replace_invalid_utf8(line), kLineBytesMax));
}

ChildExit exit_of(int status) {
    ChildExit exit;
    if (WIFSIGNALED(status)) {
        exit.killed_by = WTERMSIG(status);
        exit.exit_code = 128 + *exit.killed_by;
    } else {
        exit.exit_code = WEXITSTATUS(status);
    }
    return exit;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& command) {
    auto errors = open_pipe();
    if (!errors) {
        return std::unexpected(errors.error());
    }
    const auto pid = SpawnPlan(errors->write_end.get()).spawn(command);
    if (!pid) {
        const auto kind = pid.error() == ENOENT ? ErrorKind::not_found : ErrorKind::denied;
        return fail(
            kind, fmt::format("cannot start {}: {}", command.front(), std::strerror(pid.error())));
    }
    fcntl(errors->read_end.get(), F_SETFL, O_NONBLOCK);
    return ChildProcess(*pid, std::move(errors->read_end));
}

/// Hands on what the child has written to stderr by now, and keeps the end of it in `tail`. false
/// when nothing more can come.
bool ChildProcess::relay_errors(std::string& tail) {
    std::array<char, 4096> buffer{};
    while (true) {
        const auto count = read(errors_.get(), buffer.data(), buffer.size());
        if (count > 0) {
            const std::string_view text(buffer.data(), static_cast<std::size_t>(count));
            write_all(STDERR_FILENO, text);
            tail += text;
            if (tail.size() > kTailBytesMax) {
                tail.erase(0, tail.size() - kTailBytesMax);
            }
        } else if (count == 0) {
            return false;
        } else if (errno != EINTR) {
            return true;
        }
    }
}

void ChildProcess::pass_on(int signal) const {
    if (signal == SIGCHLD) {
        return;
    }
    kill(-pid_, signal);
    if (signal == SIGTSTP) {
        raise(SIGSTOP);  // a shell's Ctrl-Z holds the command up, and so us; SIGCONT ends both
    }
}

ChildExit ChildProcess::wait(StopSignals& signals) {
    std::string tail;
    std::optional<int> passed_on;
    bool errors_open = true;
    int status = 0;
    while (waitpid(pid_, &status, WNOHANG) != pid_) {
        std::array<pollfd, 2> waiting{{
            {.fd = signals.descriptor(), .events = POLLIN, .revents = 0},
            {.fd = errors_open ? errors_.get() : -1, .events = POLLIN, .revents = 0},
        }};
        poll(waiting.data(), waiting.size(), -1);
        if (errors_open) {
            errors_open = relay_errors(tail);
        }
        while (const auto signal = signals.take()) {
            pass_on(*signal);
            if (asks_to_stop(*signal)) passed_on = signal;
        }
    }
    // Its own children may hold stderr open for ever: what is there by now is all we wait for.
    relay_errors(tail);
    auto exit = exit_of(status);
    exit.passed_on = passed_on;
    exit.last_error_line = last_line(tail);
    return exit;
}

}  // namespace dsdash::cli
