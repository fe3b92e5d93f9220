#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "domain/arn.hpp"
#include "domain/contract.hpp"
#include "embedded/bus/bus.hpp"
#include "embedded/bus/dead_letter_queue.hpp"
#include "embedded/hub_tables/state_table.hpp"
#include "endpoint/dsdash/operations.hpp"

// What could not be delivered and what the archive put into quarantine, as one list: first the
// deliveries by number ("d-17"), then the quarantined events by event id ("q-<event id>"). The id
// of the last one of a page is the token of the next.
namespace dsdash::endpoint {

namespace {

constexpr std::int64_t kResultsMax = 100;
constexpr std::string_view kDelivery = "d-";
constexpr std::string_view kQuarantine = "q-";

struct Replay {
    std::int64_t replayed = 0;
    json::array failed;

    void count(std::string_view id, const Result<void>& answer) {
        if (answer) {
            ++replayed;
        } else {
            failed.emplace_back(
                json::object{{"DeadLetterId", id}, {"ErrorMessage", answer.error().message}});
        }
    }
};

std::optional<std::int64_t> delivery_number(std::string_view id) {
    if (!id.starts_with(kDelivery)) return std::nullopt;
    id.remove_prefix(kDelivery.size());
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(id.data(), id.data() + id.size(), number);
    if (code != std::errc{} || end != id.data() + id.size()) return std::nullopt;
    return number;
}

std::optional<std::string> quarantined_id(std::string_view id) {
    if (!id.starts_with(kQuarantine)) return std::nullopt;
    return std::string(id.substr(kQuarantine.size()));
}

/// Of an asynchronous invocation only the payload is known.
void render_event(const Event& event, json::object& rendered) {
    rendered["EventId"] = event.id;
    rendered["Source"] = event.source;
    rendered["DetailType"] = event.detail_type;
    rendered["Account"] = event.account.text();
}

json::object render_delivery(const CallContext& context, const embedded::DeadLetter& letter) {
    json::object rendered{{"DeadLetterId", fmt::format("{}{}", kDelivery, letter.number)},
                          {"Kind", "delivery"}};
    if (const auto event = Event::from_json(letter.body)) render_event(*event, rendered);
    if (!letter.rule.empty()) {
        rendered["RuleArn"] = rule_arn(context.account.region(), context.account.id(), letter.rule);
    }
    rendered["TargetArn"] = letter.target_arn;
    rendered["ErrorCode"] = letter.error_code;
    rendered["ErrorMessage"] = letter.error_message;
    if (!letter.exhausted.empty()) rendered["ExhaustedRetryCondition"] = letter.exhausted;
    rendered["RetryAttempts"] = letter.retry_attempts;
    rendered["Time"] = to_epoch_seconds(letter.time);
    rendered["Event"] = letter.body;
    return rendered;
}

json::object render_quarantined(const QuarantinedEvent& quarantined) {
    json::object rendered{{"DeadLetterId", fmt::format("{}{}", kQuarantine, quarantined.event.id)},
                          {"Kind", "quarantine"}};
    render_event(quarantined.event, rendered);
    rendered["ErrorCode"] = "QUARANTINED";
    rendered["ErrorMessage"] = quarantined.reason;
    rendered["Time"] = to_epoch_seconds(quarantined.time);
    rendered["Event"] = quarantined.event.to_json();
    return rendered;
}

/// Quarantined events behind `after`; none in an account that is no hub.
Result<std::vector<QuarantinedEvent>> list_quarantined(CallContext& context,
                                                       const std::optional<std::string>& after,
                                                       std::size_t events_max) {
    auto events = context.account.hub_state().quarantined(after, events_max);
    if (!events && events.error().kind == ErrorKind::not_found) {
        return std::vector<QuarantinedEvent>{};
    }
    return events;
}

Result<std::size_t> read_results_max(const json::object& input) {
    auto results = optional_integer(input, "MaxResults");
    if (!results) return std::unexpected(std::move(results.error()));
    const auto results_max = results->value_or(kResultsMax);
    if (results_max < 1 || results_max > kResultsMax) {
        return fail(
            ErrorKind::malformed_input,
            fmt::format("MaxResults must lie between 1 and {}, not {}", kResultsMax, results_max));
    }
    return static_cast<std::size_t>(results_max);
}

/// Gives an event to the archive function again, through the queue: leaving the quarantine and
/// joining the queue are one commit. What is wrong with it still goes back into the quarantine.
Result<void> replay_quarantined(CallContext& context, const std::string& event_id) {
    auto found = context.account.hub_state().find_quarantined(event_id);
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return fail(ErrorKind::not_found, "there is no such quarantined event");
    return context.account.bus().queue_invocation(
        contract::kArchiveFunction, (*found)->event.to_json(), [&](embedded::Database& database) {
            return embedded::StateTable::take_quarantined(database, event_id);
        });
}

void replay_deliveries(CallContext& context, std::span<const std::int64_t> numbers,
                       Replay& replay) {
    const auto answers = context.account.dead_letters().replay(context.account.bus(), numbers);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        replay.count(fmt::format("{}{}", kDelivery, numbers[i]), answers[i]);
    }
}

/// All that is there when it begins, in pages, so that what fails again is not met again.
Result<void> replay_all(CallContext& context, Replay& replay) {
    constexpr std::size_t kPage = kResultsMax;
    std::int64_t after = 0;
    for (;;) {
        auto letters = context.account.dead_letters().list(after, kPage);
        if (!letters) return std::unexpected(std::move(letters.error()));
        if (letters->empty()) break;
        after = letters->back().number;
        std::vector<std::int64_t> numbers;
        for (const auto& letter : *letters) numbers.push_back(letter.number);
        replay_deliveries(context, numbers, replay);
    }
    std::optional<std::string> after_event;
    for (;;) {
        auto events = list_quarantined(context, after_event, kPage);
        if (!events) return std::unexpected(std::move(events.error()));
        if (events->empty()) return {};
        after_event = events->back().event.id;
        for (const auto& quarantined : *events) {
            replay.count(fmt::format("{}{}", kQuarantine, quarantined.event.id),
                         replay_quarantined(context, quarantined.event.id));
        }
    }
}

void replay_one(CallContext& context, const std::string& id, Replay& replay) {
    if (const auto number = delivery_number(id)) {
        replay_deliveries(context, {{*number}}, replay);
    } else if (const auto event_id = quarantined_id(id)) {
        replay.count(id, replay_quarantined(context, *event_id));
    } else {
        replay.count(id, fail(ErrorKind::malformed_input, "this is no id of a dead letter"));
    }
}

Result<std::vector<std::string>> read_ids(const json::object& input) {
    auto array = optional_array(input, "DeadLetterIds");
    if (!array) return std::unexpected(std::move(array.error()));
    if (*array == nullptr || (*array)->empty() || std::cmp_greater((*array)->size(), kResultsMax)) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("DeadLetterIds must have 1 to {} members, or All must be true",
                                kResultsMax));
    }
    std::vector<std::string> ids;
    for (const auto& id : **array) {
        if (!id.is_string()) {
            return fail(ErrorKind::malformed_input, "DeadLetterIds must be strings");
        }
        ids.emplace_back(id.get_string());
    }
    return ids;
}

}  // namespace

Result<json::object> list_dead_letters(CallContext& context, const json::object& input) {
    auto results_max = read_results_max(input);
    if (!results_max) return std::unexpected(std::move(results_max.error()));
    auto token = optional_string(input, "NextToken");
    if (!token) return std::unexpected(std::move(token.error()));
    const auto after_event = quarantined_id(token->value_or(""));
    const auto after_number = delivery_number(token->value_or("d-0"));
    if (!after_event && !after_number) {
        return fail(ErrorKind::malformed_input, "NextToken is not one that this list has given");
    }

    // One more than wanted, to know whether a page follows.
    const auto wanted = *results_max + 1;
    json::array rendered;
    if (after_number) {
        auto letters = context.account.dead_letters().list(*after_number, wanted);
        if (!letters) return std::unexpected(std::move(letters.error()));
        for (const auto& letter : *letters) rendered.emplace_back(render_delivery(context, letter));
    }
    if (rendered.size() < wanted) {
        auto events = list_quarantined(context, after_event, wanted - rendered.size());
        if (!events) return std::unexpected(std::move(events.error()));
        for (const auto& event : *events) rendered.emplace_back(render_quarantined(event));
    }
    json::object output;
    if (rendered.size() == wanted) {
        rendered.pop_back();
        output["NextToken"] = rendered.back().at("DeadLetterId");
    }
    output["DeadLetters"] = std::move(rendered);
    return output;
}

Result<json::object> replay_dead_letters(CallContext& context, const json::object& input) {
    auto all = optional_bool(input, "All");
    if (!all) return std::unexpected(std::move(all.error()));
    Replay replay;
    if (all->value_or(false)) {
        if (auto replayed = replay_all(context, replay); !replayed) {
            return std::unexpected(std::move(replayed.error()));
        }
    } else {
        auto ids = read_ids(input);
        if (!ids) return std::unexpected(std::move(ids.error()));
        for (const auto& id : *ids) replay_one(context, id, replay);
    }
    return json::object{{"Replayed", replay.replayed}, {"Failed", std::move(replay.failed)}};
}

}  // namespace dsdash::endpoint
