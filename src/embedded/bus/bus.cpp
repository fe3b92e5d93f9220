#include "embedded/bus/bus.hpp"

#include <fmt/format.h>

#include "domain/arn.hpp"
#include "domain/contract.hpp"

namespace dsdash::embedded {

namespace {

/// One event and the lanes it goes to.
struct Routed {
    QueuedEvent event;
    std::vector<std::int64_t> lanes;
};

std::unexpected<Error> missing(std::string_view field) {
    return fail(
        ErrorKind::malformed_input,
        fmt::format("Parameter {} is not valid. Reason: {} is a required argument.", field, field),
        "InvalidArgument");
}

/// What patterns match: the envelope as Event::to_json() writes it.
Result<json::object> envelope_of(const Event& event, json::storage_ptr memory) {
    json::object envelope(std::move(memory));
    json::parse_options options;
    options.max_depth = kJsonDepthMax;
    json::error_code code;
    auto detail = json::parse(event.detail, code, envelope.storage(), options);
    if (code) return fail(ErrorKind::malformed_input, "Detail is malformed.", "MalformedDetail");
    envelope["version"] = "0";
    envelope["id"] = event.id;
    envelope["detail-type"] = event.detail_type;
    envelope["source"] = event.source;
    envelope["account"] = event.account.text();
    envelope["time"] = format_iso8601(event.time);
    envelope["region"] = event.region.text();
    auto& resources = envelope["resources"].emplace_array();
    for (const auto& resource : event.resources) resources.emplace_back(resource);
    envelope["detail"] = std::move(detail);
    return envelope;
}

/// The events that some rule wants. What no rule matches needs no place on disk.
Result<std::vector<Routed>> route(const RuleSet& rules, std::span<const Event> events,
                                  bool received) {
    std::vector<Routed> routed;
    for (const auto& event : events) {
        json::monotonic_resource memory;
        auto envelope = envelope_of(event, &memory);
        if (!envelope) return std::unexpected(std::move(envelope.error()));
        auto lanes = rules.match(*envelope, received);
        if (lanes.empty()) continue;
        routed.push_back({{event.id, received, event.to_json()}, std::move(lanes)});
    }
    return routed;
}

Result<void> add_all(DeliveryQueue& queue, Database& database, std::span<const Routed> routed) {
    for (const auto& [event, lanes] : routed) {
        if (auto added = queue.add(database, event, lanes); !added) return added;
    }
    return {};
}

}  // namespace

Bus::Bus(const AccountParts& parts)
    : parts_(parts), policy_(parts), rules_(parts), deliveries_(parts) {}

const char* Bus::schema() {
    static const std::string kSchema =
        fmt::format("{}{}{}", BusPolicy::schema(), RuleTable::schema(), DeliveryQueue::schema());
    return kSchema.c_str();
}

std::string Bus::arn() const {
    return event_bus_arn(parts_.identity.region, parts_.identity.id, contract::kDefaultBus);
}

Result<Event> Bus::stamp(const EventEntry& entry) {
    if (entry.source.empty()) return missing("Source");
    if (entry.detail_type.empty()) return missing("DetailType");
    if (entry.detail.empty()) return missing("Detail");
    if (entry.source.starts_with("aws.")) {
        return fail(ErrorKind::denied, "Not authorized for the source.",
                    "NotAuthorizedForSourceException");
    }
    if (!check_json(entry.detail) || !trim_json(entry.detail).starts_with('{')) {
        return fail(ErrorKind::malformed_input, "Detail is malformed.", "MalformedDetail");
    }
    const TimePoint now = parts_.clock.now();
    return Event{.id = ids_.next(now),
                 .source = entry.source,
                 .detail_type = entry.detail_type,
                 .account = parts_.identity.id,
                 .region = parts_.identity.region,
                 .time = entry.time.value_or(now),
                 .resources = entry.resources,
                 .detail = entry.detail};
}

std::vector<Result<std::string>> Bus::put_events(std::span<const EventEntry> entries) {
    std::vector<Result<std::string>> answers;
    std::vector<Event> events;
    for (const auto& entry : entries) {
        auto event = stamp(entry);
        if (!event) {
            answers.emplace_back(std::unexpected(std::move(event.error())));
            continue;
        }
        answers.emplace_back(event->id);
        events.push_back(std::move(*event));
    }
    if (auto stored = store(events, false); !stored) {
        for (auto& answer : answers) {
            if (answer) answer = std::unexpected(stored.error());
        }
    }
    return answers;
}

Result<void> Bus::receive(std::span<const Event> events, const AccountId& sender,
                          std::string_view principal_arn) {
    auto allowed = policy_.check_put_events(sender, principal_arn);
    if (!allowed) return allowed;
    return store(events, true);
}

Result<void> Bus::store(std::span<const Event> events, bool received) {
    std::vector<Routed> routed;
    auto stored = rules_.write_with_rules([&](const RuleSet& rules) -> Result<RuleTable::Work> {
        auto matched = route(rules, events, received);
        if (!matched) return std::unexpected(std::move(matched.error()));
        routed = std::move(*matched);
        if (routed.empty()) return RuleTable::Work{};
        return [&](Database& database) { return add_all(deliveries_, database, routed); };
    });
    if (!stored) return stored;
    for (const auto& event : routed) deliveries_.announce(event.lanes);
    return {};
}

Event Bus::scheduled_event(std::string_view rule, TimePoint now) {
    return Event{.id = ids_.next(now),
                 .source = "aws.events",
                 .detail_type = "Scheduled Event",
                 .account = parts_.identity.id,
                 .region = parts_.identity.region,
                 .time = now,
                 .resources = {rule_arn(parts_.identity.region, parts_.identity.id, rule)},
                 .detail = "{}"};
}

Result<void> Bus::run_schedules() {
    auto next = rules_.next_schedule();
    if (!next) return std::unexpected(std::move(next.error()));
    const TimePoint now = parts_.clock.now();
    if (!*next || **next > now) return {};
    auto due = rules_.due_schedules(now);
    if (!due) return std::unexpected(std::move(due.error()));
    for (const auto& rule : *due) {
        if (auto ran = run_schedule(rule.name, now); !ran) return ran;
    }
    return rules_.reread_schedules();
}

Result<void> Bus::run_schedule(std::string_view rule, TimePoint now) {
    const Event event = scheduled_event(rule, now);
    const QueuedEvent queued{.id = event.id, .body = event.to_json()};
    std::vector<std::int64_t> lanes;
    // The event and the time of the next one are committed together: none twice, none left out.
    auto ran = rules_.write_with_rules([&](const RuleSet& rules) -> RuleTable::Work {
        lanes = rules.lanes_of(rule);
        return [&](Database& database) -> Result<void> {
            auto was_due = RuleTable::advance_schedule(database, rule, now);
            if (!was_due) return std::unexpected(std::move(was_due.error()));
            if (!*was_due || lanes.empty()) return {};
            return deliveries_.add(database, queued, lanes);
        };
    });
    if (ran) deliveries_.announce(lanes);
    return ran;
}

Result<void> Bus::queue_invocation(std::string_view function, std::string_view payload,
                                   const RuleTable::Work& along) {
    auto lane = rules_.invocation_lane(function);
    if (!lane) return std::unexpected(std::move(lane.error()));
    const QueuedEvent invocation{.id = ids_.next(parts_.clock.now()), .body = std::string(payload)};
    // The lane of a function's invocations is never removed: no need to look at the rules again.
    auto queued = parts_.writer.write<void>([&](Database& database) -> Result<void> {
        if (along) {
            if (auto done = along(database); !done) return done;
        }
        return deliveries_.add(database, invocation, {{*lane}});
    });
    if (queued) deliveries_.announce({{*lane}});
    return queued;
}

}  // namespace dsdash::embedded
