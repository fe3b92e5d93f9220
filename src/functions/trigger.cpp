#include "functions/trigger.hpp"

#include "domain/contract.hpp"
#include "domain/metric_record.hpp"

namespace dsdash::functions {

namespace {

constexpr std::string_view kScheduleSource = "aws.events";

std::string read_id(const json::object& object, std::string_view field) {
    const auto id = optional_string(object, field);
    const bool usable = id && *id && (*id)->size() <= kTriggerIdBytesMax;
    return usable ? **id : std::string();
}

}  // namespace

Result<Trigger> read_trigger(std::string_view payload) {
    const auto object = parse_json_object(payload);
    if (!object) return std::unexpected(object.error());
    if (!object->contains("detail-type")) {
        return Trigger{.kind = Trigger::Kind::extract, .fetch_id = read_id(*object, "FetchId")};
    }
    const auto event = Event::from_json(payload);
    if (!event) return std::unexpected(event.error());
    const auto detail = parse_json_object(event->detail);
    if (!detail) return std::unexpected(detail.error());
    if (is_ping_event(*event)) {
        auto ping = parse_ping_event(*event);
        if (!ping) return std::unexpected(std::move(ping.error()));
        return Trigger{.kind = Trigger::Kind::ping, .ping = std::move(*ping)};
    }
    if (is_fetch_event(*event)) {
        return Trigger{.kind = Trigger::Kind::extract, .fetch_id = read_id(*detail, "FetchId")};
    }
    if (event->source == kScheduleSource) return Trigger{.kind = Trigger::Kind::extract};
    return Trigger{};
}

}  // namespace dsdash::functions
