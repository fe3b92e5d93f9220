#include "functions/ping_event.hpp"

#include "domain/contract.hpp"
#include "domain/json.hpp"
#include "domain/utc_time.hpp"

namespace dsdash::functions {

namespace {

bool is_own_event(const Event& event, std::string_view detail_type) {
    return event.source == contract::kOwnSource && event.detail_type == detail_type;
}

/// Ping and pong have the same detail: a spoke gives back what it was asked.
EventEntry make_event(std::string_view detail_type, const Ping& ping) {
    const json::object detail{{"PingId", ping.id}, {"PingDate", format_extraction_date(ping.date)}};
    return {.source = std::string(contract::kOwnSource),
            .detail_type = std::string(detail_type),
            .detail = json::serialize(detail),
            .resources = {},
            .time = std::nullopt};
}

}  // namespace

EventEntry make_ping_event(const Ping& ping) {
    return make_event(contract::kPingDetailType, ping);
}

bool is_ping_event(const Event& event) {
    return is_own_event(event, contract::kPingDetailType);
}

Result<Ping> parse_ping_event(const Event& event) {
    const auto detail = parse_json_object(event.detail);
    if (!detail) return std::unexpected(detail.error());
    Ping ping{.id = {}, .date = event.time};
    if (auto id = optional_string(*detail, "PingId"); id && *id) {
        if ((*id)->size() <= kPingIdBytesMax) ping.id = std::move(**id);
    }
    if (const auto text = optional_string(*detail, "PingDate"); text && *text) {
        if (const auto date = parse_extraction_date(**text)) ping.date = *date;
    }
    return ping;
}

EventEntry make_pong_event(const Ping& ping) {
    return make_event(contract::kPongDetailType, ping);
}

bool is_pong_event(const Event& event) {
    return is_own_event(event, contract::kPongDetailType);
}

Result<Pong> parse_pong_event(const Event& event, TimePoint date) {
    auto ping = parse_ping_event(event);
    if (!ping) return std::unexpected(std::move(ping.error()));
    return Pong{.account_id = event.account.text(),
                .ping_id = std::move(ping->id),
                .ping_date = ping->date,
                .date = date};
}

}  // namespace dsdash::functions
