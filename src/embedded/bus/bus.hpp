#pragma once

#include <span>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "embedded/bus/bus_event_id.hpp"
#include "embedded/bus/bus_policy.hpp"
#include "embedded/bus/delivery_queue.hpp"
#include "embedded/bus/rule_table.hpp"
#include "embedded/storage/account_parts.hpp"

namespace dsdash::embedded {

/// The account's event bus, `default`. What it accepts is on disk before it answers, as one
/// delivery for each matching target; DeliveryEngine does the rest. An event that no rule matches
/// is accepted and dropped. Any thread may call it.
class Bus {
  public:
    explicit Bus(const AccountParts& parts);
    static const char* schema();

    /// What the bus makes of an entry that the account puts: an event with an id, a time and its
    /// account. malformed_input with EventBridge's code for an entry: InvalidArgument (a field is
    /// missing), MalformedDetail (Detail is no JSON object, or too deep),
    /// denied with NotAuthorizedForSourceException for sources that are AWS's own ("aws.…").
    Result<Event> stamp(const EventEntry& entry);

    /// Puts entries on the bus: one answer each, the event's id or why it was refused.
    std::vector<Result<std::string>> put_events(std::span<const EventEntry> entries);

    /// Takes events that `sender` puts here, as `principal_arn` (a role of its account). denied
    /// when the policy does not allow it. All of them or none. They keep their id and account; one
    /// that still waits here is not stored again.
    Result<void> receive(std::span<const Event> events, const AccountId& sender,
                         std::string_view principal_arn);

    /// Puts the event of every schedule that is due, each exactly once.
    Result<void> run_schedules();

    /// Queues an asynchronous invocation of a function of the account. `along` is committed with
    /// it: both or neither.
    Result<void> queue_invocation(std::string_view function, std::string_view payload,
                                  const RuleTable::Work& along = {});

    RuleTable& rules() { return rules_; }
    BusPolicy& policy() { return policy_; }
    DeliveryQueue& deliveries() { return deliveries_; }
    [[nodiscard]] std::string arn() const;

  private:
    Result<void> store(std::span<const Event> events, bool received);
    Result<void> run_schedule(std::string_view rule, TimePoint now);
    [[nodiscard]] Event scheduled_event(std::string_view rule, TimePoint now);

    AccountParts parts_;
    EventIdSource ids_;
    BusPolicy policy_;
    RuleTable rules_;
    DeliveryQueue deliveries_;
};

}  // namespace dsdash::embedded
