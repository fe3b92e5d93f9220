#include "embedded/hub_tables/series_mover_thread.hpp"

#include <chrono>

namespace dsdash::embedded {

namespace {

constexpr std::chrono::seconds kPause{30};

}  // namespace

SeriesMoverThread::SeriesMoverThread(std::function<Result<std::size_t>()> step)
    : step_(std::move(step)) {}

SeriesMoverThread::~SeriesMoverThread() = default;

void SeriesMoverThread::start() {
    std::call_once(started_, [this] {
        thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    });
}

void SeriesMoverThread::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        // An error (a full disk, a table that is gone) undid the step; after the pause it is tried
        // again, and whoever puts records meanwhile is told of the same error.
        const auto moved = step_();
        if (moved && *moved > 0) continue;
        std::unique_lock lock(mutex_);
        stopped_.wait_for(lock, stop, kPause, [] { return false; });
    }
}

}  // namespace dsdash::embedded
