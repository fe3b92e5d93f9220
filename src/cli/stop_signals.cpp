#include "cli/stop_signals.hpp"

#include <poll.h>
#include <sys/signalfd.h>

#include <algorithm>
#include <array>
#include <system_error>

namespace dsdash::cli {

namespace {

constexpr std::array kStopping{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

sigset_t signal_set(std::initializer_list<int> others) {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : kStopping) {
        sigaddset(&signals, signal);
    }
    for (const int signal : others) {
        sigaddset(&signals, signal);
    }
    return signals;
}

}  // namespace

bool asks_to_stop(int signal) {
    return std::ranges::find(kStopping, signal) != kStopping.end();
}

StopSignals::StopSignals(std::initializer_list<int> others) {
    const auto signals = signal_set(others);
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
        if (const auto signal = wait_for_stop(std::chrono::hours(1))) {
            return *signal;
        }
    }
}

std::optional<int> StopSignals::wait_for_stop(std::chrono::milliseconds at_most) {
    const auto end = std::chrono::steady_clock::now() + at_most;
    while (true) {
        while (const auto signal = take()) {
            if (asks_to_stop(*signal)) {
                return signal;
            }
        }
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return std::nullopt;
        }
        pollfd waiting{.fd = descriptor_.get(), .events = POLLIN, .revents = 0};
        poll(&waiting, 1, static_cast<int>(left.count()));
    }
}

}  // namespace dsdash::cli
