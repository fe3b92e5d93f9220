#pragma once

#include <string>
#include <string_view>

#include "functions/ping_event.hpp"

namespace dsdash::functions {

/// Why the extraction function was started.
struct Trigger {
    enum class Kind {
        extract,  ///< by a hub (either form of the fetch event), a schedule or a person
        ping,     ///< by somebody who wants to know whether the connection works
        nothing,  ///< by an event that must not start an extraction, such as a metric event
    };
    Kind kind = Kind::nothing;
    std::string fetch_id = {};  ///< as the caller gave it; may be empty
    Ping ping = {};             ///< of a ping
};

/// An id longer than this is no id of ours and is taken for absent.
inline constexpr std::size_t kTriggerIdBytesMax = 128;

/// Reads the function's payload: an event, or what a person sends ({} or {"FetchId": …}).
/// malformed_input when it is neither.
Result<Trigger> read_trigger(std::string_view payload);

}  // namespace dsdash::functions
