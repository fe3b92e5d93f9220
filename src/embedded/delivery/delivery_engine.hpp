#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "embedded/accounts/home.hpp"
#include "embedded/delivery/function_invoker.hpp"

namespace dsdash::embedded {

struct DeliveryOptions {
    std::size_t delivery_workers = 4;  ///< batches delivered at once; half of them an account
    std::size_t invocations_max = kInvocationsMax;  ///< synchronous ones running at once
    /// Uniform in [0, 1), for jitter; called from several threads. Empty: a generator of its own.
    std::function<double()> random;
};

/// Delivers what the buses of all accounts have queued, and runs functions for Lambda's Invoke, in
/// bounded pools of threads that are started when they are needed. Lanes of one account take up at
/// most half of the pool, so that a slow account leaves room for the others. Any thread may call
/// it.
class DeliveryEngine {
  public:
    DeliveryEngine(Home& home, FunctionRuntime& functions, const Clock& clock,
                   DeliveryOptions options = {});
    /// Waits for what is running: the batches and invocations that have begun. A function's calls
    /// are refused once its time is up, but its thread is not ended: how long it computes is up to
    /// it.
    ~DeliveryEngine();

    /// Delivers in the background from now on, first of all what a former process left.
    void start();

    /// Delivers, on the calling thread, all that is due now; how many attempts it made. For tests,
    /// in place of start().
    std::size_t run_due();

    /// FunctionInvoker::invoke, in the engine's pool for invocations.
    Result<Invocation> invoke(Account& account, const FunctionRecord& function,
                              std::string_view payload);

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace dsdash::embedded
