#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "embedded/bus/delivery_lanes.hpp"
#include "embedded/bus/rule.hpp"
#include "embedded/storage/account_parts.hpp"

namespace dsdash::embedded {

/// What a delivery carries: an event's JSON text, or the payload of an asynchronous invocation.
struct QueuedEvent {
    std::string id;
    bool received = false;  ///< came from another account
    std::string body;
};

/// One event for one lane.
struct Delivery {
    std::int64_t event = 0;  ///< with `due` what it is found by again
    TimePoint due;
    int attempts = 0;  ///< that were made and failed
    TimePoint accepted;
    std::string body;
};

/// What became of an attempt.
struct Delivered {};
struct Postponed {
    TimePoint due;
};
struct Failed {
    std::string code;       ///< ERROR_CODE
    std::string message;    ///< ERROR_MESSAGE
    std::string exhausted;  ///< EXHAUSTED_RETRY_CONDITION; may be empty
};
using Outcome = std::variant<Delivered, Postponed, Failed>;

/// The account's durable queue of deliveries. An event is stored once, with one row for each lane
/// that it waits in. Any thread may call it.
class DeliveryQueue {
  public:
    /// Bounds one batch in memory.
    static constexpr std::size_t kBatchMax = 1'000;
    static constexpr std::size_t kBatchBytesMax = 8 * 1024 * 1024;

    explicit DeliveryQueue(const AccountParts& parts);
    static const char* schema();

    /// Inside a work of the account's writer: stores `event` for `lanes`, due at once. An event
    /// that was received already and still waits somewhere is not stored again. Once the work is
    /// committed its lanes have to be announced.
    Result<void> add(Database& database, const QueuedEvent& event,
                     std::span<const std::int64_t> lanes);
    void announce(std::span<const std::int64_t> lanes);

    /// Finds the lanes that a former process left deliveries in.
    Result<void> load();
    DeliveryLanes& lanes() { return lanes_; }

    /// The deliveries of a lane that are due, oldest first: at most `count_max`, and no more bodies
    /// than kBatchBytesMax (but one).
    Result<std::vector<Delivery>> take(std::int64_t lane, std::size_t count_max);
    /// Records what became of deliveries that were taken, all in one commit: outcomes[i] is that of
    /// deliveries[i]. What failed for good becomes a dead letter.
    Result<void> settle(const Lane& lane, std::span<const Delivery> deliveries,
                        std::span<const Outcome> outcomes);
    /// When the first delivery of a lane falls due; nothing when it is empty.
    Result<std::optional<TimePoint>> first_due(std::int64_t lane);

  private:
    AccountParts parts_;
    DeliveryLanes lanes_;
    std::optional<std::int64_t> next_event_;  // of the writer's thread alone
};

/// Inside a work of the account's writer: makes dead letters of all that waits in `lane`.
Result<void> abandon_lane(Database& database, const Lane& lane, const Failed& why, TimePoint now);

}  // namespace dsdash::embedded
