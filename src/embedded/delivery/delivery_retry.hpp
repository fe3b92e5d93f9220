#pragma once

#include <chrono>
#include <string_view>
#include <variant>

#include "domain/utc_time.hpp"

namespace dsdash::embedded {

/// How often, and for how long, a delivery that failed is tried again.
struct RetryPolicy {
    int attempts_max;              ///< after the first attempt
    std::chrono::seconds age_max;  ///< since the event was accepted
    std::chrono::seconds first_delay;
    std::chrono::seconds delay_max;
    bool has_jitter;  ///< a delay is drawn, up to the exponential one; else it is that one
};

/// A rule's target (user guide, "Event retry policy"): 185 attempts in 24 hours. With full jitter
/// the attempts lie delay_max / 2 apart in the long run, so both limits are reached together.
inline constexpr RetryPolicy kTargetRetryPolicy{
    185, std::chrono::hours(24), std::chrono::seconds(1), std::chrono::minutes(15), true};
/// An asynchronous invocation (Lambda developer guide, "Error handling for asynchronous
/// invocation"): twice more, after one minute and after two, within six hours.
inline constexpr RetryPolicy kInvocationRetryPolicy{
    2, std::chrono::hours(6), std::chrono::minutes(1), std::chrono::minutes(2), false};

struct Retry {
    TimePoint due;
};

/// No further attempt. `exhausted` is EXHAUSTED_RETRY_CONDITION of the dead letter; empty when
/// another attempt could not have helped at all.
struct GiveUp {
    std::string_view exhausted;
};

using NextStep = std::variant<Retry, GiveUp>;

/// What follows a failure of `kind` at `now`, the `attempts`-th retry (0: the first attempt) of an
/// event accepted at `accepted`. Exponential backoff, where the policy says so with full jitter:
/// `random` is uniform in [0, 1).
[[nodiscard]] NextStep after_failure(const RetryPolicy& policy, ErrorKind kind, int attempts,
                                     TimePoint accepted, TimePoint now, double random);

/// ERROR_CODE of a dead letter (user guide, "Using dead-letter queues"): NO_PERMISSIONS, …
[[nodiscard]] std::string_view dead_letter_code(ErrorKind kind);

}  // namespace dsdash::embedded
