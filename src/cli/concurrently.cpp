#include "cli/concurrently.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace dsdash::cli {

Result<void> run_concurrently(std::size_t count, std::size_t threads_max,
                              const std::function<Result<void>(std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> failed = false;
    std::mutex mutex;
    Result<void> outcome;
    const auto run = [&] {
        for (auto index = next++; index < count && !failed; index = next++) {
            auto done = work(index);
            if (done) continue;
            const std::scoped_lock lock(mutex);
            if (outcome) outcome = std::move(done);
            failed = true;
        }
    };
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min(count, threads_max); ++i) threads.emplace_back(run);
    threads.clear();  // which joins them
    return outcome;
}

}  // namespace dsdash::cli
