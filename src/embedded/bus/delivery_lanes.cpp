#include "embedded/bus/delivery_lanes.hpp"

#include <algorithm>
#include <ranges>

namespace dsdash::embedded {

void DeliveryLanes::set_listener(std::function<void(TimePoint due)> listener) {
    const std::lock_guard lock(mutex_);
    listener_ = std::move(listener);
    if (!listener_) return;
    if (const auto due = next_due_locked()) listener_(*due);
}

void DeliveryLanes::announce(std::int64_t number, TimePoint due) {
    const std::lock_guard lock(mutex_);
    Lane& lane = lanes_[number];
    if (lane.due && *lane.due <= due) return;
    lane.due = due;
    if (!lane.claimed && listener_) listener_(due);
}

std::vector<std::int64_t> DeliveryLanes::claim_due(TimePoint now, std::size_t lanes_max) {
    const std::lock_guard lock(mutex_);
    std::vector<std::pair<std::uint64_t, std::int64_t>> due;  // last claim, lane
    for (const auto& [number, lane] : lanes_) {
        if (!lane.claimed && lane.due && *lane.due <= now)
            due.emplace_back(lane.last_claim, number);
    }
    const auto count = std::min(lanes_max, due.size());
    std::ranges::partial_sort(due, due.begin() + static_cast<std::ptrdiff_t>(count));
    due.resize(count);

    std::vector<std::int64_t> claimed;
    for (const auto number : due | std::views::values) {
        Lane& lane = lanes_[number];
        lane.claimed = true;
        lane.due.reset();
        lane.last_claim = ++claims_;
        claimed.push_back(number);
    }
    return claimed;
}

void DeliveryLanes::release(std::int64_t number, std::optional<TimePoint> next_due) {
    const std::lock_guard lock(mutex_);
    Lane& lane = lanes_[number];
    lane.claimed = false;
    if (next_due) lane.due = std::min(lane.due.value_or(*next_due), *next_due);
    if (lane.due && listener_) listener_(*lane.due);
}

std::optional<TimePoint> DeliveryLanes::next_due() const {
    const std::lock_guard lock(mutex_);
    return next_due_locked();
}

std::optional<TimePoint> DeliveryLanes::next_due_locked() const {
    std::optional<TimePoint> next;
    for (const auto& lane : lanes_ | std::views::values) {
        if (!lane.claimed && lane.due) next = std::min(next.value_or(*lane.due), *lane.due);
    }
    return next;
}

}  // namespace dsdash::embedded
