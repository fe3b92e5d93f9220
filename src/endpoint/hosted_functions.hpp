#pragma once

#include "embedded/accounts/home.hpp"
#include "embedded/delivery/function_runtime.hpp"
#include "services/uuid.hpp"

namespace dsdash::embedded {
class DeliveryEngine;
}  // namespace dsdash::embedded

namespace dsdash::endpoint {

/// Runs the program's own functions inside `serve`, each with the services of its account and the
/// permissions of its role. Any thread may call it.
class HostedFunctions final : public embedded::FunctionRuntime {
  public:
    HostedFunctions(embedded::Home& home, const Clock& clock, UuidSource& uuids)
        : home_(home), clock_(clock), uuids_(uuids) {}

    /// Functions may call operations that need the engine, which itself is made with this runtime:
    /// call this once, before the engine starts and before the first request is served.
    void attach(embedded::DeliveryEngine& deliveries) { deliveries_ = &deliveries; }

    Result<std::string> invoke(embedded::Account& account, const embedded::FunctionRecord& function,
                               std::string_view payload, TimePoint deadline) override;

    /// The archive does.
    [[nodiscard]] bool takes_batches(const embedded::FunctionRecord& function) const override;
    std::vector<Result<void>> deliver(embedded::Account& account,
                                      const embedded::FunctionRecord& function,
                                      std::span<const Event> events, TimePoint deadline) override;

  private:
    class Invocation;

    embedded::Home& home_;
    const Clock& clock_;
    UuidSource& uuids_;
    embedded::DeliveryEngine* deliveries_ = nullptr;
};

}  // namespace dsdash::endpoint
