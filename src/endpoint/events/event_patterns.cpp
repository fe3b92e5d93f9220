#include <fmt/format.h>

#include <array>

#include "domain/event_pattern.hpp"
#include "endpoint/events/operations.hpp"

namespace dsdash::endpoint {

namespace {

/// API reference, TestEventPattern: what the event must hold.
constexpr std::array<std::string_view, 7> kEventFields{"id",     "account",   "source",     "time",
                                                       "region", "resources", "detail-type"};

Result<json::object> read_event(const json::object& input) {
    auto text = required_string(input, "Event");
    if (!text) return std::unexpected(std::move(text.error()));
    auto event = parse_json_object(*text);
    if (!event) {
        event.error().message = fmt::format("Event: {}", event.error().message);
        return event;
    }
    for (const auto field : kEventFields) {
        if (!event->contains({field.data(), field.size()})) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("Parameter Event is not valid. Reason: {} is missing.", field));
        }
    }
    return event;
}

}  // namespace

Result<json::object> test_event_pattern(CallContext& /*context*/, const json::object& input) {
    auto text = required_string(input, "EventPattern");
    if (!text) return std::unexpected(std::move(text.error()));
    auto pattern = EventPattern::parse(*text);
    if (!pattern) return std::unexpected(std::move(pattern.error()));
    auto event = read_event(input);
    if (!event) return event;
    return json::object{{"Result", pattern->matches(*event)}};
}

}  // namespace dsdash::endpoint
