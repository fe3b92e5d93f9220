#include "simulation/activity.hpp"

#include <algorithm>
#include <array>

namespace dsdash::simulation {

namespace {

using std::chrono::days;

constexpr double kGrowthPerDay = 0.0012;  // about half as much again each year

bool is_weekend(std::chrono::sys_days day) {
    const std::chrono::weekday weekday(day);
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

double weekend_share(Load load) {
    switch (load) {
        case Load::training:
            return 0.2;
        case Load::serving:
            return 0.6;
        case Load::steady:
            break;
    }
    return 1;
}

/// What share of a day's events lies before each third hour (UTC): most happen in office hours.
constexpr std::array kShareBefore{0.0, 0.02, 0.05, 0.17, 0.42, 0.65, 0.86, 0.96, 1.0};

double share_before(TimePoint time) {
    constexpr std::chrono::microseconds kStep = std::chrono::hours(3);
    const auto into_day = time - std::chrono::floor<days>(time);
    const auto step = static_cast<std::size_t>(into_day / kStep);
    const auto rest =
        static_cast<double>((into_day % kStep).count()) / static_cast<double>(kStep.count());
    return kShareBefore.at(step) + (kShareBefore.at(step + 1) - kShareBefore.at(step)) * rest;
}

/// `expected` give or take, as a whole number; fractions by chance.
std::int64_t draw_count(const Noise& noise, double expected) {
    const auto around = expected * noise.of("spread").between(0.7, 1.3);
    return static_cast<std::int64_t>(around + noise.of("fraction").unit());
}

}  // namespace

double load_on(Load load, std::chrono::sys_days day, const Plan& plan) {
    const auto since_start = (day - std::chrono::floor<days>(plan.start())).count();
    const auto growth = 1 + kGrowthPerDay * static_cast<double>(since_start);
    return growth * (is_weekend(day) ? weekend_share(load) : 1);
}

double share_of(Load load, std::string_view environment) {
    const bool is_prod = environment == "prod";
    const bool is_dev = environment == "dev";
    switch (load) {
        case Load::training:
            return is_dev ? 1 : is_prod ? 0.3 : 0.5;
        case Load::serving:
            return is_prod ? 1 : is_dev ? 0.03 : 0.15;
        case Load::steady:
            break;
    }
    return 1;
}

Activity::Activity(const Noise& noise, const Rate& rate, const Plan& plan)
    : first_day_(std::chrono::floor<days>(plan.start()) - days(2)) {
    std::int64_t count = 0;
    const auto end = std::chrono::floor<days>(std::max(plan.end, plan.until)) + days(2);
    for (auto day = first_day_; day < end; day += days(1)) {
        counts_.push_back(count);
        const auto of_day = noise.of(static_cast<std::uint64_t>(day.time_since_epoch().count()));
        count += draw_count(of_day, rate.per_day * load_on(rate.load, day, plan));
    }
    counts_.push_back(count);
}

std::int64_t Activity::count_at(TimePoint time) const {
    const auto day = std::chrono::floor<days>(time);
    const auto index = static_cast<std::size_t>((day - first_day_).count());
    const auto in_day = counts_.at(index + 1) - counts_.at(index);
    return counts_.at(index) +
           static_cast<std::int64_t>(static_cast<double>(in_day) * share_before(time));
}

}  // namespace dsdash::simulation
