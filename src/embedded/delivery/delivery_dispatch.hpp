#pragma once

#include <span>
#include <vector>

#include "embedded/accounts/home.hpp"
#include "embedded/bus/delivery_queue.hpp"
#include "embedded/delivery/function_runtime.hpp"

namespace dsdash::embedded {

/// What delivering takes.
struct DeliveryServices {
    Home& home;
    FunctionRuntime& functions;
    const Clock& clock;
};

/// How many deliveries of `lane` to dispatch at once: one for a function that takes no batches, so
/// that each has a deadline of its own and what became of it is recorded before the next one runs.
std::size_t batch_max(const DeliveryServices& services, Account& account, const Lane& lane);

/// Makes one attempt to give `deliveries` to the target of `lane`: a function, the bus of another
/// account, or a function that is invoked asynchronously. One answer each, in order.
std::vector<Result<void>> dispatch(const DeliveryServices& services, Account& account,
                                   const Lane& lane, std::span<const Delivery> deliveries);

/// Runs a function once. What it throws is a bug of the function's, not of the caller's: internal.
Result<std::string> invoke_function(const DeliveryServices& services, Account& account,
                                    const FunctionRecord& function, std::string_view payload);

}  // namespace dsdash::embedded
