#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/event.hpp"

namespace dsdash {

/// The account's own event bus, for putting events.
class EventBus {
  public:
    virtual ~EventBus() = default;
    /// Puts any number of entries, in calls within EventBridge's limits (10 entries, 1 MB each).
    /// One answer an entry, in order: the event's id, or why it was refused. Entries refused with
    /// a retryable error are put again, up to three attempts.
    virtual std::vector<Result<std::string>> put_events(std::span<const EventEntry> entries) = 0;
};

}  // namespace dsdash
