#pragma once

#include <mutex>
#include <random>
#include <string>

#include "domain/utc_time.hpp"

namespace dsdash::embedded {

/// Ids of events: UUIDs of version 7 (RFC 9562). They begin with the time, so that an index over
/// them grows at its end, where one over random ids would touch a page of its own for each event.
class EventIdSource {
  public:
    /// Any thread may call it.
    std::string next(TimePoint now);

  private:
    std::mutex mutex_;
    std::mt19937_64 random_{std::random_device{}()};  // guarded by mutex_
};

}  // namespace dsdash::embedded
