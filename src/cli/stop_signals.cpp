#include "cli/stop_signals.hpp"

#include <poll.h>
#include <sys/signalfd.h>

#include <array>
#include <system_error>

namespace dsdash::cli {

namespace {

sigset_t watched_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD}) {
        sigaddset(&signals, signal);
    }
    return signals;
}

}  // namespace

StopSignals::StopSignals() {
    const auto signals = watched_signals();
    pthread_sigmask(SIG_BLOCK, &signals, &mask_before_);
    descriptor_ = embedded::FileDescriptor(signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC));
    if (!descriptor_) {
        throw std::system_error(errno, std::system_category(), "signalfd");
    }
}

StopSignals::~StopSignals() {
    pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
}

std::optional<int> StopSignals::take() {
    signalfd_siginfo info{};
    if (read(descriptor_.get(), &info, sizeof info) != sizeof info) {
        return std::nullopt;
    }
    return static_cast<int>(info.ssi_signo);
}

int StopSignals::wait_for_stop() {
    while (true) {
        std::array<pollfd, 1> waiting{{{.fd = descriptor_.get(), .events = POLLIN, .revents = 0}}};
        poll(waiting.data(), waiting.size(), -1);
        const auto signal = take();
        if (signal && *signal != SIGCHLD) {
            return *signal;
        }
    }
}

}  // namespace dsdash::cli
