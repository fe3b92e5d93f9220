#include "embedded/delivery/delivery_retry.hpp"

#include <algorithm>
#include <cmath>

namespace dsdash::embedded {

namespace {

/// Full jitter may draw zero: a peer that is down is not asked again at once all the same.
constexpr std::chrono::milliseconds kDelayMin{100};

std::chrono::microseconds backoff_delay(const RetryPolicy& policy, int attempts, double random) {
    using Seconds = std::chrono::duration<double>;
    const Seconds exponential = Seconds(policy.first_delay) * std::exp2(attempts);
    const Seconds drawn =
        std::min(exponential, Seconds(policy.delay_max)) * (policy.has_jitter ? random : 1.0);
    return std::max<std::chrono::microseconds>(
        kDelayMin, std::chrono::duration_cast<std::chrono::microseconds>(drawn));
}

}  // namespace

NextStep after_failure(const RetryPolicy& policy, ErrorKind kind, int attempts, TimePoint accepted,
                       TimePoint now, double random) {
    if (!is_retryable(kind)) return GiveUp{""};
    if (attempts >= policy.attempts_max) return GiveUp{"MaximumRetryAttempts"};
    const TimePoint due = now + backoff_delay(policy, attempts, random);
    if (due - accepted > policy.age_max) return GiveUp{"MaximumEventAgeInSeconds"};
    return Retry{due};
}

std::string_view dead_letter_code(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::denied:
            return "NO_PERMISSIONS";
        case ErrorKind::not_found:
            return "NO_RESOURCE";
        case ErrorKind::conflict:
            return "RESOURCE_MODIFICATION_COLLISION";
        case ErrorKind::throttled:
            return "THROTTLING";
        case ErrorKind::unreachable:
            return "CONNECTION_FAILURE";
        case ErrorKind::timed_out:
            return "TIMEOUT";
        case ErrorKind::malformed_input:
            return "SDK_CLIENT_ERROR";
        case ErrorKind::internal:
            return "ERROR_FROM_TARGET";
    }
    return "UNKNOWN";
}

}  // namespace dsdash::embedded
