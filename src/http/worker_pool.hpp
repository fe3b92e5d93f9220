#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dsdash::http {

/// A fixed number of threads that run jobs in the order they came.
class WorkerPool {
  public:
    using Job = std::move_only_function<void()>;

    WorkerPool(std::size_t threads, std::size_t queue_max);
    /// Waits for the jobs that run; those that wait are dropped.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False, and `job` untouched, when `queue_max` jobs wait already. Any thread may call it.
    [[nodiscard]] bool try_submit(Job& job);

  private:
    void run();

    const std::size_t queue_max_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> queue_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace dsdash::http
