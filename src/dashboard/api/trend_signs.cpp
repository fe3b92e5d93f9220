#include "dashboard/api/trend_signs.hpp"

#include <algorithm>
#include <cmath>

namespace dsdash::dashboard {

namespace {

constexpr std::size_t kDaysKnownMin = 7;
constexpr double kDropMin = 0.5;
constexpr double kUsualMovesMax = 3;
constexpr double kDeviationsMax = 2;

std::vector<double> known_values(const SeriesTrend& trend) {
    std::vector<double> values;
    for (const auto& value : trend.last) {
        if (value) values.push_back(*value);
    }
    return values;
}

/// The median of how far the value moved from one day to the next; today, which is judged, left
/// out.
double usual_move(std::vector<double> values) {
    values.pop_back();
    std::vector<double> moves;
    for (std::size_t i = 1; i < values.size(); ++i) {
        moves.push_back(std::abs(values[i] - values[i - 1]));
    }
    const auto middle = moves.begin() + static_cast<std::ptrdiff_t>(moves.size() / 2);
    std::ranges::nth_element(moves, middle);
    return *middle;
}

/// How far chance alone moves a value: whole numbers count things, whose deviation is about the
/// root of their number (Poisson).
double chance_move(double value, double other) {
    const bool counts = value == std::floor(value) && other == std::floor(other);
    return counts ? std::sqrt(value) : 0;
}

}  // namespace

std::optional<double> sudden_drop(const SeriesTrend& trend, double now) {
    if (!trend.day_ago || *trend.day_ago <= 0) return std::nullopt;
    const double fall = *trend.day_ago - now;
    if (fall < kDropMin * *trend.day_ago) return std::nullopt;
    if (fall <= kDeviationsMax * chance_move(*trend.day_ago, now)) return std::nullopt;
    auto values = known_values(trend);
    if (values.size() < kDaysKnownMin) return std::nullopt;
    if (fall <= kUsualMovesMax * usual_move(std::move(values))) return std::nullopt;
    return std::min(fall / *trend.day_ago, 1.0);
}

std::size_t days_at(const SeriesTrend& trend, double value) {
    std::size_t days = 0;
    for (std::size_t back = 0; back < trend.last.size(); ++back) {
        const auto& last = trend.last[trend.last.size() - 1 - back];
        if (!last) continue;
        if (*last != value) break;
        days = back + 1;
    }
    return days;
}

}  // namespace dsdash::dashboard
