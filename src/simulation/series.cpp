#include "simulation/series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace dsdash::simulation {

namespace {

using std::chrono::days;

/// What is left after a sudden drop.
constexpr double kDropShare = 0.06;

Noise noise_of(const Fleet& fleet, const Spoke& spoke, const MetricKind& kind) {
    // The two metrics of one activity have to agree.
    const auto key = kind.activity.empty() ? kind.name : kind.activity;
    return fleet.noise().of(spoke.number).of(key);
}

std::int64_t steps_since_epoch(TimePoint time, std::chrono::microseconds step) {
    return time.time_since_epoch() / step;
}

/// 0 to 1, another value each `step`; a straight line from one to the next.
double wander(const Noise& noise, TimePoint time, std::chrono::microseconds step) {
    const auto at = steps_since_epoch(time, step);
    const auto from = noise.of(static_cast<std::uint64_t>(at)).unit();
    const auto to = noise.of(static_cast<std::uint64_t>(at) + 1).unit();
    const auto rest = static_cast<double>((time.time_since_epoch() % step).count());
    return from + (to - from) * rest / static_cast<double>(step.count());
}

/// Exactly `decimals` digits of it: a value is a decimal, and what a double is printed as is not.
Decimal to_decimal(double value, int decimals) {
    const auto text = fmt::format("{:.{}f}", value, decimals);
    return Decimal::parse(text).value();
}

}  // namespace

Series::Series(const Fleet& fleet, const Spoke& spoke, std::size_t metric)
    : plan_(fleet.plan),
      spoke_(spoke),
      metric_(metric),
      kind_(fleet.metrics()[metric]),
      noise_(noise_of(fleet, spoke, kind_)),
      usual_(noise_.of("usual").between(kind_.low, kind_.high)),
      before_(usual_ * noise_.of("before").between(40, 500)) {
    if (kind_.activity.empty()) return;
    usual_ *= share_of(kind_.load, spoke.environment);
    before_ = std::floor(before_ * share_of(kind_.load, spoke.environment));
    activity_.emplace(noise_.of("activity"), Activity::Rate{usual_, kind_.load}, plan_);
    if (kind_.activity == kTrainingActivity) activity_end_ = spoke.idle_since;
}

Decimal Series::value_at(TimePoint time) const {
    auto value = ideal_value(time);
    if (spoke_.drop && spoke_.drop->metric == metric_ && time >= spoke_.drop->since) {
        value *= kDropShare;
    }
    return to_decimal(value, kind_.decimals);
}

double Series::ideal_value(TimePoint time) const {
    switch (kind_.shape) {
        case Shape::total:
            return total(time);
        case Shape::last_day:
            return last_day(time);
        case Shape::level:
            return level(time);
        case Shape::measure:
            return measure(time);
        case Shape::growing:
            break;
    }
    return growing(time);
}

double Series::total(TimePoint time) const {
    const auto counted = activity_end_ ? std::min(time, *activity_end_) : time;
    return before_ + static_cast<double>(activity_->count_at(counted));
}

double Series::last_day(TimePoint time) const {
    return total(time) - total(time - days(1));
}

/// Stays for some days, then changes by a little.
double Series::level(TimePoint time) const {
    const auto place = steps_since_epoch(time, days(4));
    const auto off = noise_.of(static_cast<std::uint64_t>(place)).between(-0.2, 0.2);
    auto value = usual_ + off * (kind_.high - kind_.low);
    // What serves is there in every environment, however little it has to do.
    if (kind_.load == Load::training) {
        value *= share_of(kind_.load, spoke_.environment) *
                 load_on(kind_.load, std::chrono::floor<days>(time), plan_);
    }
    const bool must_serve = spoke_.idle_since && metric_ == kEndpoints;
    return std::max(std::round(value), must_serve ? 1.0 : 0.0);
}

double Series::measure(TimePoint time) const {
    const auto range = kind_.high - kind_.low;
    auto value = usual_ + range * 0.3 * (wander(noise_.of("slow"), time, days(9)) - 0.5) +
                 range * 0.06 * (wander(noise_.of("fast"), time, plan_.interval) - 0.5);
    value = std::clamp(value, kind_.low, kind_.high);
    if (kind_.load == Load::training) {
        const auto load = load_on(kind_.load, std::chrono::floor<days>(time), plan_);
        value = kind_.low + (value - kind_.low) * std::min(load, 1.0);
    }
    return value;
}

double Series::growing(TimePoint time) const {
    const auto age = static_cast<double>((time - plan_.start()) / std::chrono::hours(1)) / 24;
    return usual_ * (1 + noise_.of("growth").between(0.0005, 0.004) * age);
}

}  // namespace dsdash::simulation
