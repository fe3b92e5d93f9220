#include "embedded/delivery/delivery_workers.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <set>

namespace dsdash::embedded {
namespace {

TEST(WorkerPool, RunsAsManyJobsAtOnceAsItHasWorkers) {
    WorkerPool pool(3, 0);
    std::latch all_there(3);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(pool.submit([&] { all_there.arrive_and_wait(); }));
    all_there.wait();  // would hang, were one of them waiting for another to end
}

TEST(WorkerPool, RefusesWhatItHasNoRoomFor) {
    std::latch release(1);
    WorkerPool pool(1, 2);
    std::latch running(1);
    ASSERT_TRUE(pool.submit([&] {
        running.count_down();
        release.wait();
    }));
    running.wait();
    EXPECT_TRUE(pool.submit([] {}));
    EXPECT_TRUE(pool.submit([] {}));
    EXPECT_FALSE(pool.submit([] {}));
    release.count_down();
}

TEST(WorkerPool, FinishesWhatWasSubmitted) {
    std::atomic<int> done = 0;
    {
        WorkerPool pool(2, 1'000);
        for (int i = 0; i < 500; ++i) ASSERT_TRUE(pool.submit([&] { ++done; }));
    }
    EXPECT_EQ(done, 500);
}

TEST(WorkerPool, TakesUpAThreadThatIsFreeBeforeItStartsAnother) {
    WorkerPool pool(8, 8);
    std::mutex mutex;
    std::set<std::thread::id> threads;
    for (int i = 0; i < 20; ++i) {
        std::latch done(1);
        const auto note = [&] {
            {
                const std::lock_guard lock(mutex);
                threads.insert(std::this_thread::get_id());
            }
            done.count_down();
        };
        ASSERT_TRUE(pool.submit(note));
        done.wait();
    }
    // The thread may still be on its way back when the next job comes; twenty times over it is not.
    EXPECT_LT(threads.size(), 8U);
}

}  // namespace
}  // namespace dsdash::embedded
