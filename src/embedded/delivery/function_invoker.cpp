#include "embedded/delivery/function_invoker.hpp"

#include <fmt/format.h>

#include <atomic>
#include <future>
#include <memory>

namespace dsdash::embedded {

namespace {

/// A synchronous invocation, shared by the caller and the worker that runs it.
struct Call {
    FunctionRecord function;
    std::string payload;
    std::promise<Result<std::string>> answer;
    std::atomic<bool> abandoned = false;  ///< the caller has been told that it timed out
};

}  // namespace

Result<Invocation> FunctionInvoker::invoke(Account& account, const FunctionRecord& function,
                                           std::string_view payload) {
    auto call = std::make_shared<Call>();
    call->function = function;
    call->payload = payload;
    auto answer = call->answer.get_future();
    const bool taken = pool_.submit([this, &account, call] {
        if (call->abandoned) return;
        call->answer.set_value(invoke_function(services_, account, call->function, call->payload));
    });
    if (!taken) {
        return fail(ErrorKind::throttled, "Rate Exceeded.", "TooManyRequestsException");
    }
    if (answer.wait_for(std::chrono::seconds(function.timeout_s)) == std::future_status::ready) {
        return Invocation{answer.get()};
    }
    call->abandoned = true;
    return Invocation{fail(ErrorKind::timed_out,
                           fmt::format("Task timed out after {}.00 seconds", function.timeout_s))};
}

}  // namespace dsdash::embedded
