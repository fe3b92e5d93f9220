#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dsdash::embedded {

/// A bounded pool of threads, each started when there is work that no other one is free for.
class WorkerPool {
  public:
    /// At most `workers_max` jobs run and `waiting_max` wait at once.
    WorkerPool(std::size_t workers_max, std::size_t waiting_max);
    /// Finishes what was submitted.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// false: full, and the job is not taken. Jobs must not throw.
    [[nodiscard]] bool submit(std::function<void()> job);

  private:
    void work();

    const std::size_t workers_max_;
    const std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable has_job_;
    std::deque<std::function<void()>> jobs_;  // guarded by mutex_, as all below
    std::size_t idle_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> workers_;
};

}  // namespace dsdash::embedded
