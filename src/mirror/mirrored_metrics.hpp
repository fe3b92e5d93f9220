#pragma once

#include <optional>
#include <string>
#include <vector>

#include "embedded/storage/account_parts.hpp"

namespace dsdash::mirror {

/// How much of one metric's records the mirror holds.
struct MirroredMetric {
    std::string name;
    /// Its history is read from its end: back to this date; nothing: not begun.
    std::optional<TimePoint> oldest = {};
    /// The key (DynamoDB's JSON) behind which that goes on; empty: from the end.
    std::string next_key = {};
    bool is_complete = false;  ///< its history has been read to its beginning
    /// What was in the hub's table then has been read, as far back as late events come.
    TimePoint reread;
    /// The same, as far back as dead letters are sent again.
    TimePoint reread_far;
};

/// The checkpoints of a mirror, on disk when a call returns. Any thread may call it.
class MirroredMetrics {
  public:
    explicit MirroredMetrics(const embedded::AccountParts& parts) : parts_(parts) {}
    static const char* schema();

    /// By name.
    Result<std::vector<MirroredMetric>> list();
    /// Keeps `metric` in the place of what was kept of it.
    Result<void> put(const MirroredMetric& metric);

  private:
    embedded::AccountParts parts_;
};

}  // namespace dsdash::mirror
