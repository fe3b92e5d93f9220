#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "domain/utc_time.hpp"

namespace dsdash::embedded {

/// Which lanes of an account have deliveries, and when the next of each falls due: the index, in
/// memory, of the delivery table. A lane is the queue of one target; at most one thread at a time
/// has it claimed, so its events stay in order. Any thread may call it.
class DeliveryLanes {
  public:
    /// `listener` hears at once when the next lane falls due, and from then on of every lane that
    /// gets something to do, with the time it falls due: nothing is announced between the two. It
    /// must not call back. An empty function ends that; afterwards it is not running any more.
    void set_listener(std::function<void(TimePoint due)> listener);

    void announce(std::int64_t lane, TimePoint due);
    /// At most `lanes_max` lanes that are due and that nobody has claimed: those first that were
    /// claimed longest ago, so a lane with a long queue does not starve its neighbours.
    [[nodiscard]] std::vector<std::int64_t> claim_due(TimePoint now, std::size_t lanes_max);
    /// Ends a claim. `next_due`: what is known to be left, beside what was announced meanwhile.
    void release(std::int64_t lane, std::optional<TimePoint> next_due);
    /// When the next lane that nobody has claimed falls due.
    [[nodiscard]] std::optional<TimePoint> next_due() const;

  private:
    [[nodiscard]] std::optional<TimePoint> next_due_locked() const;

    struct Lane {
        std::optional<TimePoint> due;
        bool claimed = false;
        std::uint64_t last_claim = 0;
    };

    mutable std::mutex mutex_;
    std::map<std::int64_t, Lane> lanes_;  // every one that had something to do since the start
    std::uint64_t claims_ = 0;
    std::function<void(TimePoint)> listener_;
};

}  // namespace dsdash::embedded
