#include "embedded/delivery/delivery_lane_runner.hpp"

#include "embedded/bus/bus.hpp"
#include "embedded/delivery/delivery_retry.hpp"

namespace dsdash::embedded {

namespace {

/// A lane whose file could not be read or written is left alone for this long.
constexpr std::chrono::seconds kDiskPause{1};

RetryPolicy policy_of(const Lane& lane) {
    if (lane.rule.empty()) return kInvocationRetryPolicy;
    RetryPolicy policy = kTargetRetryPolicy;
    policy.attempts_max = lane.target.retry_attempts_max.value_or(policy.attempts_max);
    if (lane.target.event_age_max_s) {
        policy.age_max = std::chrono::seconds(*lane.target.event_age_max_s);
    }
    return policy;
}

}  // namespace

std::size_t LaneRunner::run(Account& account, std::int64_t number) {
    DeliveryQueue& queue = account.bus().deliveries();
    const auto attempts = attempt(account, number);
    auto next = queue.first_due(number);
    // What an attempt did before its outcome could be recorded is done again: targets know an event
    // by its id.
    if (!attempts || !next) next = services_.clock.now() + kDiskPause;
    queue.lanes().release(number, *next);
    return attempts.value_or(0);
}

Result<std::size_t> LaneRunner::attempt(Account& account, std::int64_t number) {
    auto rules = account.bus().rules().rules();
    if (!rules) return std::unexpected(std::move(rules.error()));
    const Lane nowhere{number, {}, {}};  // leads to the dead letters
    const Lane* known = (*rules)->find_lane(number);
    const Lane& lane = known != nullptr ? *known : nowhere;

    DeliveryQueue& queue = account.bus().deliveries();
    auto deliveries = queue.take(number, batch_max(services_, account, lane));
    if (!deliveries) return std::unexpected(std::move(deliveries.error()));
    if (deliveries->empty()) return 0;
    const auto answers = dispatch(services_, account, lane, *deliveries);
    const TimePoint now = services_.clock.now();
    std::vector<Outcome> outcomes;
    outcomes.reserve(deliveries->size());
    for (std::size_t i = 0; i < deliveries->size(); ++i) {
        outcomes.push_back(outcome_of(lane, (*deliveries)[i], answers[i], now));
    }
    if (auto settled = queue.settle(lane, *deliveries, outcomes); !settled) {
        return std::unexpected(std::move(settled.error()));
    }
    return deliveries->size();
}

Outcome LaneRunner::outcome_of(const Lane& lane, const Delivery& delivery,
                               const Result<void>& answer, TimePoint now) {
    if (answer) return Delivered{};
    const Error& error = answer.error();
    const auto next = after_failure(policy_of(lane), error.kind, delivery.attempts,
                                    delivery.accepted, now, random_());
    if (const auto* retry = std::get_if<Retry>(&next)) return Postponed{retry->due};
    return Failed{.code = std::string(dead_letter_code(error.kind)),
                  .message = error.message,
                  .exhausted = std::string(std::get<GiveUp>(next).exhausted)};
}

}  // namespace dsdash::embedded
