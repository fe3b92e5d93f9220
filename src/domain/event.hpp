#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/account_id.hpp"
#include "domain/json.hpp"
#include "domain/utc_time.hpp"

namespace dsdash {

/// What a caller hands to PutEvents.
struct EventEntry {
    std::string source;
    std::string detail_type;
    std::string detail;  ///< JSON text of an object
    std::vector<std::string> resources;
    std::optional<TimePoint> time;
};

/// An event as it travels: what EventBridge puts around an entry.
struct Event {
    std::string id;
    std::string source;
    std::string detail_type;
    AccountId account;  ///< who put it first; stays the sender's across accounts
    Region region;
    TimePoint time;
    std::vector<std::string> resources;
    std::string detail;  ///< JSON text of an object, byte for byte as it was put

    /// {"version":"0","id":…,"detail-type":…,"source":…,"account":…,"time":…,"region":…,
    /// "resources":[…],"detail":{…}}; the detail's text is copied, so numbers stay exact.
    [[nodiscard]] std::string to_json() const;
    /// The same as a tree, for EventPattern::matches() (numbers in detail may be rounded), in
    /// `memory`. malformed_input if detail is not an object.
    [[nodiscard]] Result<json::object> to_object(json::storage_ptr memory = {}) const;
    /// The reverse; malformed_input naming the field. Exact for numbers in detail.
    static Result<Event> from_json(std::string_view text);
};

/// 14 bytes if a time is given, plus the UTF-8 bytes of source, detail-type, detail and each
/// resource (EventBridge user guide, "Calculating PutEvents event entry size").
[[nodiscard]] std::size_t entry_size_bytes(const EventEntry& entry);

}  // namespace dsdash
