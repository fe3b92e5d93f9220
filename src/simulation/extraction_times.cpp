#include "simulation/extraction_times.hpp"

namespace dsdash::simulation {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::milliseconds;

/// Each spoke has at most one outage in a month of this length.
constexpr days kMonth{30};
constexpr double kOutagesPerMonth = 0.3;
/// What is wrong at the end of the plan is what make_fleet() says, and no outage.
constexpr days kCalmBeforeEnd{3};

bool is_in_outage(const Noise& noise, const Plan& plan, TimePoint time) {
    const auto month = time.time_since_epoch() / kMonth;
    const auto outage = noise.of("outage").of(static_cast<std::uint64_t>(month));
    if (outage.unit() >= kOutagesPerMonth) return false;
    const auto begin = TimePoint(month * kMonth) +
                       hours(static_cast<int>(outage.of("begin").between(0, 24.0 * 26)));
    const auto end = begin + hours(static_cast<int>(outage.of("length").between(6, 72)));
    return end < plan.end - kCalmBeforeEnd && time >= begin && time < end;
}

/// How long the fetch event and the start of the function took.
microseconds latency(const Noise& noise, std::size_t spoke) {
    constexpr std::uint64_t kLatencyMaxMs = 20'000;
    return milliseconds(1'000 + noise.below(kLatencyMaxMs)) + microseconds(spoke);
}

}  // namespace

std::vector<TimePoint> extraction_times(const Fleet& fleet, const Spoke& spoke) {
    const auto& plan = fleet.plan;
    const auto noise = fleet.noise().of(spoke.number);
    const auto duration = kPerMetric * (plan.metrics + 1);
    const auto end = std::min(plan.until, spoke.silent_since.value_or(plan.until));
    std::vector<TimePoint> times;
    for (auto number = plan.start().time_since_epoch() / plan.interval;; ++number) {
        const auto key = static_cast<std::uint64_t>(number);
        const auto time =
            TimePoint(number * plan.interval) + latency(noise.of("latency").of(key), spoke.number);
        if (time + duration > end) return times;
        if (time < plan.start() || is_in_outage(noise, plan, time)) continue;
        times.push_back(time);
    }
}

}  // namespace dsdash::simulation
