#pragma once

#include <string_view>

#include "embedded/delivery/delivery_dispatch.hpp"
#include "embedded/delivery/delivery_workers.hpp"

namespace dsdash::embedded {

/// A synchronous invocation that took place.
struct Invocation {
    Result<std::string> answer;  ///< the function's: JSON text, or the error that it ended with;
                                 ///< timed_out when none came within its timeout
};

/// Runs functions for callers that wait for the answer, in a bounded pool.
class FunctionInvoker {
  public:
    FunctionInvoker(const DeliveryServices& services, std::size_t workers, std::size_t waiting_max)
        : services_(services), pool_(workers, waiting_max) {}

    /// Runs a function, and waits for it for as long as its timeout. throttled
    /// (TooManyRequestsException) when the pool is full: then it has not run. Any thread may call.
    Result<Invocation> invoke(Account& account, const FunctionRecord& function,
                              std::string_view payload);

  private:
    DeliveryServices services_;
    WorkerPool pool_;
};

}  // namespace dsdash::embedded
