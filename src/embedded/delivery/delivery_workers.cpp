#include "embedded/delivery/delivery_workers.hpp"

namespace dsdash::embedded {

WorkerPool::WorkerPool(std::size_t workers_max, std::size_t waiting_max)
    : workers_max_(workers_max), waiting_max_(waiting_max) {}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    has_job_.notify_all();
    for (auto& worker : workers_) worker.join();
}

bool WorkerPool::submit(std::function<void()> job) {
    const std::lock_guard lock(mutex_);
    const bool all_taken = jobs_.size() >= idle_;
    if (all_taken && workers_.size() < workers_max_) {
        // Counted as idle from here on: the job that it is started for is one that waits.
        ++idle_;
        workers_.emplace_back([this] { work(); });
    } else if (jobs_.size() >= idle_ + waiting_max_) {
        return false;
    }
    jobs_.push_back(std::move(job));
    has_job_.notify_one();
    return true;
}

void WorkerPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        has_job_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        auto job = std::move(jobs_.front());
        jobs_.pop_front();
        --idle_;
        lock.unlock();
        job();
        job = nullptr;  // what it holds goes before the pool counts as idle again
        lock.lock();
        ++idle_;
    }
}

}  // namespace dsdash::embedded
