#pragma once

#include <atomic>
#include <string_view>

#include "embedded/delivery/delivery_dispatch.hpp"
#include "embedded/delivery/delivery_workers.hpp"

namespace dsdash::embedded {

/// A synchronous invocation that took place.
struct Invocation {
    Result<std::string> answer;  ///< the function's: JSON text, or the error that it ended with;
                                 ///< timed_out when none came within its timeout
};

/// How many synchronous invocations run at once unless told otherwise. A caller waits for each, so
/// they must be fewer than those who can call (http::kServerWorkers).
inline constexpr std::size_t kInvocationsMax = 8;

/// Runs functions for callers that wait for the answer, in a bounded pool. An invocation starts at
/// once or is refused.
class FunctionInvoker {
  public:
    FunctionInvoker(const DeliveryServices& services, std::size_t invocations_max)
        : services_(services),
          invocations_max_(invocations_max),
          pool_(invocations_max, invocations_max) {}

    /// Runs a function, and waits for it for as long as its timeout, counted from its start.
    /// throttled (TooManyRequestsException) when `invocations_max` run already: then it has not
    /// run. One that timed out counts until it has ended. Any thread may call.
    Result<Invocation> invoke(Account& account, const FunctionRecord& function,
                              std::string_view payload);

  private:
    [[nodiscard]] bool begin();

    DeliveryServices services_;
    const std::size_t invocations_max_;
    std::atomic<std::size_t> running_ = 0;
    WorkerPool pool_;
};

}  // namespace dsdash::embedded
