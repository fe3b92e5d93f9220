#pragma once

#include <functional>

#include "domain/result.hpp"

namespace dsdash::cli {

/// Calls work(0) to work(count - 1), each once, from at most `threads_max` threads at once, and
/// waits for all of them. After an error nothing new is begun, and the first one is the answer.
Result<void> run_concurrently(std::size_t count, std::size_t threads_max,
                              const std::function<Result<void>(std::size_t)>& work);

}  // namespace dsdash::cli
