#include "domain/series_state.hpp"

#include <algorithm>
#include <array>

namespace dsdash {

namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr std::chrono::minutes kUsualIntervalMin{10};
constexpr std::chrono::days kUnknownInterval{1};

}  // namespace

std::string_view state_name(SeriesState state) {
    switch (state) {
        case SeriesState::fresh:
            return "fresh";
        case SeriesState::late:
            return "late";
        case SeriesState::silent:
            return "silent";
        case SeriesState::failed:
            return "failed";
        case SeriesState::not_configured:
            break;
    }
    return "not_configured";
}

std::optional<seconds> usual_interval(TimePoint newest, std::span<const TimePoint> previous_dates) {
    std::array<microseconds, kPreviousDatesMax> gaps{};
    std::size_t count = 0;
    for (const TimePoint date :
         previous_dates.first(std::min<std::size_t>(previous_dates.size(), kPreviousDatesMax))) {
        gaps[count++] = newest - date;
        newest = date;
    }
    if (count == 0) return std::nullopt;
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(count / 2);
    std::nth_element(gaps.begin(), middle, gaps.begin() + static_cast<std::ptrdiff_t>(count));
    return std::max<seconds>(std::chrono::round<seconds>(*middle), kUsualIntervalMin);
}

SeriesState state_of(const SeriesEvidence& evidence) {
    using Report = SeriesEvidence::Report;
    if (evidence.report == Report::failed) return SeriesState::failed;
    if (evidence.report == Report::unnamed) return SeriesState::not_configured;
    if (!evidence.age) return SeriesState::silent;
    const microseconds interval = evidence.expected_interval.value_or(kUnknownInterval);
    if (2 * *evidence.age > 7 * interval) return SeriesState::silent;
    if (2 * *evidence.age > 3 * interval) return SeriesState::late;
    return SeriesState::fresh;
}

}  // namespace dsdash
