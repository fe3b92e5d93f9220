#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "embedded/accounts/account.hpp"
#include "embedded/deployed/function_table.hpp"

namespace dsdash::embedded {

/// Runs the program's functions for an account. The embedded home knows when a function has to
/// run; what it does is above it (endpoint/hosted_functions). Any thread may call it.
class FunctionRuntime {
  public:
    virtual ~FunctionRuntime() = default;

    /// Runs `function` once with `payload` (JSON text) and returns its answer (JSON text).
    /// Calls that it makes after `deadline` are refused with timed_out.
    virtual Result<std::string> invoke(Account& account, const FunctionRecord& function,
                                       std::string_view payload, TimePoint deadline) = 0;

    /// Whether `function` can be given many events at once; the others are invoked for each.
    [[nodiscard]] virtual bool takes_batches(const FunctionRecord& function) const = 0;

    /// Gives `events` to a function that takes batches, each as an invocation of its own in effect;
    /// one answer each, in order. `deadline` is that of invoke(), for all of them.
    virtual std::vector<Result<void>> deliver(Account& account, const FunctionRecord& function,
                                              std::span<const Event> events,
                                              TimePoint deadline) = 0;
};

}  // namespace dsdash::embedded
