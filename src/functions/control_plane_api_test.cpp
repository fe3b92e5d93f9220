#include "functions/control_plane_api.hpp"

#include <gtest/gtest.h>

#include "services/testing/fake_aws_api.hpp"
#include "services/testing/fake_services.hpp"

namespace dsdash::functions {
namespace {

struct ControlPlane : ::testing::Test {
    Result<json::object> call(std::string_view operation) {
        return api.call("events", operation, {});
    }
    std::chrono::microseconds waited() const { return clock.time - FakeClock().time; }

    FakeAwsApi aws;
    FakeClock clock;
    ControlPlaneApi api{aws, clock};
    const Error collision{ErrorKind::conflict, "", std::string(kConcurrentModification), {}, {}};
};

TEST_F(ControlPlane, LetsFiftyCallsPassAtOnceAndTheNextAfterASecond) {
    aws.on("events:PutRule", [](const auto&) { return json::object{}; });
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(call("PutRule"));
    EXPECT_EQ(waited(), std::chrono::seconds(0));
    ASSERT_TRUE(call("PutRule"));
    EXPECT_EQ(waited(), std::chrono::seconds(1));
}

TEST_F(ControlPlane, NeverMakesMoreThanFiftyCallsInAnySecond) {
    std::vector<TimePoint> times;
    aws.on("events:PutRule", [&](const auto&) {
        times.push_back(clock.time);
        clock.time += std::chrono::milliseconds(7);  // each takes its time
        return json::object{};
    });
    for (int i = 0; i < 500; ++i) ASSERT_TRUE(call("PutRule"));
    for (std::size_t i = 50; i < times.size(); ++i) {
        EXPECT_GE(times[i] - times[i - 50], std::chrono::seconds(1));
    }
}

TEST_F(ControlPlane, MakesAChangeAgainThatCollided) {
    for (const auto* operation : {"PutRule", "PutTargets", "RemoveTargets", "DeleteRule"}) {
        aws.script(std::string("events:") + operation,
                   {std::unexpected(collision), std::unexpected(collision), json::object{}});
        EXPECT_TRUE(call(operation)) << operation;
        EXPECT_EQ(aws.inputs_of(std::string("events:") + operation).size(), 3U);
    }
    EXPECT_EQ(waited(), 4 * std::chrono::milliseconds(50 + 100));
}

TEST_F(ControlPlane, GivesUpAfterFourCollisions) {
    aws.script("events:PutRule", {std::unexpected(collision)});
    EXPECT_EQ(call("PutRule").error().code, kConcurrentModification);
    EXPECT_EQ(aws.calls().size(), 4U);
}

TEST_F(ControlPlane, DoesNotRepeatAPolicyThatSomebodyHasChanged) {
    aws.script("events:PutPermission", {std::unexpected(collision)});
    EXPECT_FALSE(call("PutPermission"));
    EXPECT_EQ(aws.calls().size(), 1U);
}

TEST_F(ControlPlane, WaitsASecondWhenSomebodyElseUsesUpTheQuota) {
    aws.script(
        "events:PutPermission",
        {fail(ErrorKind::throttled, "Rate exceeded", "ThrottlingException"), json::object{}});
    EXPECT_TRUE(call("PutPermission"));
    EXPECT_EQ(waited(), std::chrono::seconds(1));
}

TEST_F(ControlPlane, HandsOnOtherErrorsAtOnce) {
    aws.script("events:PutRule", {fail(ErrorKind::denied, "no", "AccessDeniedException")});
    EXPECT_FALSE(call("PutRule"));
    EXPECT_EQ(aws.calls().size(), 1U);
}

}  // namespace
}  // namespace dsdash::functions
