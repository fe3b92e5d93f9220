#include "cli/concurrently.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <mutex>
#include <vector>

namespace dsdash::cli {
namespace {

TEST(RunConcurrently, DoesEachOnce) {
    std::mutex mutex;
    std::vector<std::size_t> done;
    ASSERT_TRUE(run_concurrently(100, 8, [&](std::size_t index) -> Result<void> {
        const std::scoped_lock lock(mutex);
        done.push_back(index);
        return {};
    }));
    std::ranges::sort(done);
    ASSERT_EQ(done.size(), 100U);
    for (std::size_t i = 0; i < done.size(); ++i) EXPECT_EQ(done[i], i);
}

TEST(RunConcurrently, RunsAsManyAtOnceAsItMay) {
    std::barrier all_here(3);  // nobody comes by unless three are there
    std::atomic<int> now = 0;
    std::atomic<int> most = 0;
    ASSERT_TRUE(run_concurrently(12, 3, [&](std::size_t) -> Result<void> {
        most = std::max<int>(most, ++now);
        all_here.arrive_and_wait();
        --now;
        return {};
    }));
    EXPECT_EQ(most, 3);
}

TEST(RunConcurrently, EndsWithTheFirstError) {
    int begun = 0;
    const auto outcome = run_concurrently(10, 1, [&](std::size_t index) -> Result<void> {
        ++begun;
        if (index == 3) return fail(ErrorKind::conflict, "no");
        return {};
    });
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().message, "no");
    EXPECT_EQ(begun, 4);
}

TEST(RunConcurrently, HasNothingToDo) {
    EXPECT_TRUE(run_concurrently(0, 8, [](std::size_t) -> Result<void> {
        return fail(ErrorKind::internal, "nobody asked");
    }));
}

}  // namespace
}  // namespace dsdash::cli
