#include "services/history_points.hpp"

#include <algorithm>

namespace dsdash {

namespace {

using std::chrono::microseconds;

constexpr std::size_t kPointsMax = 10'000;
constexpr std::chrono::sys_days kYearOne{std::chrono::year{1} / 1 / 1};
constexpr std::chrono::sys_days kYearTenThousand{std::chrono::year{10'000} / 1 / 1};

}  // namespace

void RollUp::add(TimePoint time, double value) {
    merge({.count = 1,
           .min = value,
           .max = value,
           .sum = value,
           .first_time = time,
           .last_time = time,
           .last = value});
}

void RollUp::merge(const RollUp& other) {
    if (other.count == 0) return;
    if (count == 0) {
        *this = other;
        return;
    }
    count += other.count;
    min = std::min(min, other.min);
    max = std::max(max, other.max);
    sum += other.sum;
    first_time = std::min(first_time, other.first_time);
    if (other.last_time >= last_time) {
        last_time = other.last_time;
        last = other.last;
    }
}

HistoryPoint RollUp::point() const {
    return {.time = first_time, .min = min, .max = max, .sum = sum, .count = count, .last = last};
}

Result<HistorySpan> check_span(TimePoint from, TimePoint to, std::size_t points_max) {
    if (points_max < 1 || points_max > kPointsMax) {
        return fail(ErrorKind::malformed_input, "points must be 1 to 10,000");
    }
    for (const auto time : {from, to}) {
        if (time < kYearOne || time > kYearTenThousand) {
            return fail(ErrorKind::malformed_input, "a time must lie in the years 0001 to 9999");
        }
    }
    return HistorySpan{from, std::max(from, to), points_max};
}

microseconds divide_up(microseconds span, std::size_t parts) {
    const auto count = static_cast<std::int64_t>(parts);
    return microseconds((span.count() + count - 1) / count);
}

std::int64_t count_records(const std::vector<RollUp>& parts) {
    std::int64_t count = 0;
    for (const auto& part : parts) count += part.count;
    return count;
}

std::vector<HistoryPoint> draw(const std::vector<RollUp>& parts, TimePoint origin,
                               microseconds width) {
    std::vector<HistoryPoint> points;
    RollUp open;
    std::int64_t open_stretch = 0;
    for (const auto& part : parts) {
        const auto stretch = (part.first_time - origin) / width;
        if (open.count > 0 && stretch != open_stretch) {
            points.push_back(open.point());
            open = {};
        }
        open_stretch = stretch;
        open.merge(part);
    }
    if (open.count > 0) points.push_back(open.point());
    return points;
}

std::vector<HistoryPoint> draw(const std::vector<RollUp>& records, const HistorySpan& span) {
    const bool too_many = count_records(records) > static_cast<std::int64_t>(span.points_max);
    return draw(records, span.from,
                too_many ? divide_up(span.to - span.from, span.points_max) : microseconds(1));
}

}  // namespace dsdash
