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

/// Makes one attempt to give `deliveries` to the target of `lane`: a function, the bus of another
/// account, or a function that is invoked asynchronously. One answer each, in order.
std::vector<Result<void>> dispatch(const DeliveryServices& services, Account& account,
                                   const Lane& lane, std::span<const Delivery> deliveries);

/// Runs a function once. What it throws is a bug of the function's, not of the caller's: internal.
Result<std::string> invoke_function(const DeliveryServices& services, Account& account,
                                    const FunctionRecord& function, std::string_view payload);

}  // namespace dsdash::embedded
