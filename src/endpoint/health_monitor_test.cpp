#include "endpoint/health_monitor.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>

#include "endpoint/testing/service_caller.hpp"

namespace dsdash::endpoint {
namespace {

constexpr std::chrono::milliseconds kNoPause{0};

class HealthMonitorTest : public testing::Test {
  protected:
    void add(std::string_view name) {
        ASSERT_TRUE(fixture_.account().endpoints().add(name, "http://127.0.0.1:1/", ""));
    }
    std::string status(std::string_view name) {
        return fixture_.account().endpoints().find(name).value().value().status;
    }

    ServiceCaller fixture_{sagemaker_service()};
};

TEST_F(HealthMonitorTest, KeepsAskingAndKeepsWhatItHears) {
    add("e");
    std::atomic<bool> healthy = true;
    std::counting_semaphore<> asked(0);
    HealthMonitor monitor(
        fixture_.home(),
        [&](const std::string&) {
            const bool answer = healthy;
            asked.release();
            return answer;
        },
        kNoPause);
    // When it asks again, it has kept the answer before.
    asked.acquire();
    asked.acquire();
    EXPECT_EQ(status("e"), "InService");
    healthy = false;
    while (status("e") != "OutOfService") asked.acquire();
}

TEST_F(HealthMonitorTest, EndsDuringAPause) {
    add("e");
    std::counting_semaphore<> asked(0);
    {
        const HealthMonitor monitor(
            fixture_.home(),
            [&](const std::string&) {
                asked.release();
                return true;
            },
            std::chrono::hours(1));
        asked.acquire();
    }
    EXPECT_EQ(status("e"), "InService");
    EXPECT_FALSE(asked.try_acquire());
}

}  // namespace
}  // namespace dsdash::endpoint
