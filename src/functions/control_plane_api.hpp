#pragma once

#include <chrono>
#include <deque>
#include <string_view>

#include "services/aws_api.hpp"
#include "services/clock.hpp"

namespace dsdash::functions {

/// EventBridge's quota of control calls (PutRule, PutTargets, …) an account and Region may make in
/// a second (docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html).
inline constexpr std::size_t kControlCallsPerSecondMax = 50;

/// EventBridge's code for a change that collided with somebody else's.
inline constexpr std::string_view kConcurrentModification = "ConcurrentModificationException";

/// How often a call that collides or is throttled is made at all.
inline constexpr int kControlAttemptsMax = 4;

/// How long to wait after the attempt of that number (from 1) collided: 50 ms, 100 ms, 200 ms, …
[[nodiscard]] std::chrono::microseconds pause_after_collision(int attempt);

/// Another AwsApi as EventBridge's control plane wants to be called: kControlCallsPerSecondMax in
/// any second, the others wait their turn. When somebody else uses up that quota, the call is made
/// again a second later; when a change of rules or targets collides with somebody else's, after
/// pause_after_collision(). Not so PutPermission, for it replaces a policy that somebody has
/// changed: whoever calls it has to read that again.
class ControlPlaneApi final : public AwsApi {
  public:
    ControlPlaneApi(AwsApi& api, const Clock& clock) : api_(api), clock_(clock) {}

    Result<json::object> call(std::string_view service, std::string_view operation,
                              const json::object& input) override;
    void set_deadline(TimePoint deadline) override { api_.set_deadline(deadline); }
    [[nodiscard]] const AccountId& account() const override { return api_.account(); }
    [[nodiscard]] const Region& region() const override { return api_.region(); }

  private:
    void wait_for_turn();

    AwsApi& api_;
    const Clock& clock_;
    std::deque<TimePoint> recent_;  ///< the last kControlCallsPerSecondMax calls
};

}  // namespace dsdash::functions
