#include "endpoint/health_monitor.hpp"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <mutex>
#include <utility>

namespace dsdash::endpoint {

HealthMonitor::HealthMonitor(embedded::Home& home, embedded::EndpointLedger::Probe probe,
                             std::chrono::milliseconds pause)
    : home_(home),
      probe_(std::move(probe)),
      pause_(pause),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void HealthMonitor::check_all_accounts(const std::stop_token& stop) {
    for (embedded::Account* account : home_.accounts()) {
        // The next round tries again; until then the status is the last one that could be kept.
        if (auto checked = account->endpoints().check_all(probe_, stop); !checked) {
            spdlog::error("account {}: cannot check endpoints: {}", account->id().text(),
                          checked.error().message);
        }
    }
}

void HealthMonitor::run(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        check_all_accounts(stop);
        stopped.wait_for(lock, stop, pause_, [] { return false; });
    }
}

}  // namespace dsdash::endpoint
