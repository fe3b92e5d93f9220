#pragma once

#include <chrono>
#include <stop_token>
#include <thread>

#include "embedded/accounts/home.hpp"
#include "embedded/ledger/endpoint_ledger.hpp"

namespace dsdash::endpoint {

/// Asks the registered endpoints of all accounts again and again whether they answer, from a thread
/// of its own, for as long as it lives.
class HealthMonitor {
  public:
    /// `pause` lies between two rounds. `home` outlives this.
    HealthMonitor(embedded::Home& home, embedded::EndpointLedger::Probe probe,
                  std::chrono::milliseconds pause = std::chrono::seconds(2));
    HealthMonitor(const HealthMonitor&) = delete;
    HealthMonitor& operator=(const HealthMonitor&) = delete;
    /// Waits for the one check that is running.
    ~HealthMonitor() = default;

  private:
    void check_all_accounts(const std::stop_token& stop);
    void run(const std::stop_token& stop);

    embedded::Home& home_;
    embedded::EndpointLedger::Probe probe_;
    std::chrono::milliseconds pause_;
    std::jthread thread_;  // the last member: it uses the others
};

}  // namespace dsdash::endpoint
