#include "embedded/delivery/function_invoker.hpp"

#include <fmt/format.h>

#include <future>
#include <memory>
#include <stdexcept>

namespace dsdash::embedded {

namespace {

/// A synchronous invocation, shared by the caller and the worker that runs it.
struct Call {
    FunctionRecord function;
    std::string payload;
    std::promise<void> started;
    std::promise<Result<std::string>> answer;
};

}  // namespace

bool FunctionInvoker::begin() {
    auto running = running_.load();
    while (running < invocations_max_) {
        if (running_.compare_exchange_weak(running, running + 1)) return true;
    }
    return false;
}

Result<Invocation> FunctionInvoker::invoke(Account& account, const FunctionRecord& function,
                                           std::string_view payload) {
    if (!begin()) {
        return fail(ErrorKind::throttled, "Rate Exceeded.", "TooManyRequestsException");
    }
    auto call = std::make_shared<Call>();
    call->function = function;
    call->payload = payload;
    auto started = call->started.get_future();
    auto answer = call->answer.get_future();
    const bool taken = pool_.submit([this, &account, call] {
        call->started.set_value();
        auto result = invoke_function(services_, account, call->function, call->payload);
        // Before the answer: who has it may invoke again.
        --running_;
        call->answer.set_value(std::move(result));
    });
    // Every one that runs has a worker, but for those that are on their way back to the pool.
    if (!taken) throw std::logic_error("the pool is smaller than the invocations that may run");
    started.wait();
    if (answer.wait_for(std::chrono::seconds(function.timeout_s)) == std::future_status::ready) {
        return Invocation{answer.get()};
    }
    return Invocation{fail(ErrorKind::timed_out,
                           fmt::format("Task timed out after {}.00 seconds", function.timeout_s))};
}

}  // namespace dsdash::embedded
