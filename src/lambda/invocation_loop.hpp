#pragma once

#include <functional>

#include "lambda/function_log.hpp"
#include "lambda/runtime_api.hpp"

namespace dsdash::lambda {

/// Handles one invocation: JSON text, or why there is none.
using InvocationHandler = std::function<Result<std::string>(const Invocation& invocation)>;

/// Handles invocations one after the other and answers each exactly once, until the Runtime API
/// fails, which is the error it returns. What a handler throws becomes the invocation's error. For
/// each invocation there is one line in the log: how it ended and how long it took.
[[nodiscard]] Error serve_invocations(RuntimeApi& runtime, const InvocationHandler& handler,
                                      FunctionLog& log, const Clock& clock);

}  // namespace dsdash::lambda
