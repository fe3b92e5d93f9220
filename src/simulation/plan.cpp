#include "simulation/plan.hpp"

#include <fmt/format.h>

namespace dsdash::simulation {

namespace {

Result<void> check_range(std::string_view what, std::int64_t value, std::int64_t max) {
    if (value >= 1 && value <= max) return {};
    return fail(ErrorKind::malformed_input,
                fmt::format("{} must be 1 to {}, not {}", what, max, value));
}

}  // namespace

Result<void> check_plan(const Plan& plan) {
    if (auto checked = check_range("spokes", plan.spokes, kSpokesMax); !checked) return checked;
    if (auto checked = check_range("metrics", plan.metrics, kMetricsMax); !checked) return checked;
    if (auto checked = check_range("days", plan.days, kDaysMax); !checked) return checked;
    if (plan.interval < kIntervalMin || plan.interval > kIntervalMax) {
        return fail(
            ErrorKind::malformed_input,
            fmt::format("interval must be {} minutes to {} hours, not {} minutes",
                        kIntervalMin.count(), kIntervalMax.count() / 60, plan.interval.count()));
    }
    const auto extractions = (plan.until - plan.start()) / plan.interval;
    const auto records = extractions * plan.spokes * plan.metrics;
    if (records > kRecordsMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("{} spokes with {} metrics over {} days make {} records; at most "
                                "{} can be simulated",
                                plan.spokes, plan.metrics, plan.days, records, kRecordsMax));
    }
    return {};
}

}  // namespace dsdash::simulation
