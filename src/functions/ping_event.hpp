#pragma once

#include "domain/event.hpp"
#include "services/hub_state.hpp"

/// The events that prove a connection: a hub puts a ping on its own bus, its rules carry it to
/// every spoke, the spoke's extraction function answers with a pong, and the hub's archive keeps
/// that.
namespace dsdash::functions {

/// An id longer than this is no id of ours and is taken for absent.
inline constexpr std::size_t kPingIdBytesMax = 128;

struct Ping {
    std::string id;  ///< whatever the asker chose; may be empty
    TimePoint date;  ///< when it asked, by its own clock
};

[[nodiscard]] EventEntry make_ping_event(const Ping& ping);
[[nodiscard]] bool is_ping_event(const Event& event);
/// The ping in such an event; one without a date of its own has the event's. malformed_input when
/// the detail is no object.
Result<Ping> parse_ping_event(const Event& event);

/// The answer to `ping`.
[[nodiscard]] EventEntry make_pong_event(const Ping& ping);
[[nodiscard]] bool is_pong_event(const Event& event);
/// The pong in such an event, of the account that the envelope names, which arrived at `date`.
Result<Pong> parse_pong_event(const Event& event, TimePoint date);

}  // namespace dsdash::functions
