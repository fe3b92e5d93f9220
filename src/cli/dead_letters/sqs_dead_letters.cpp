#include "cli/dead_letters/sqs_dead_letters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "cli/client/answer_fields.hpp"
#include "cli/client/function_call.hpp"
#include "cli/client/hub_reader.hpp"
#include "cli/dead_letters/dead_letters.hpp"
#include "domain/arn.hpp"
#include "domain/contract.hpp"
#include "functions/forwarding_rules.hpp"
#include "items/state_item.hpp"
#include "stack/function_declarations.hpp"

namespace dsdash::cli {

/// A queue, and whose events lie in it.
struct SqsDeadLetters::Source {
    std::string_view queue;
    std::string_view id_prefix;
    std::string_view function;  ///< empty: events for other accounts' buses
};

/// Which dead letters are to be sent again.
class SqsDeadLetters::Wanted {
  public:
    static Wanted all() { return {}; }
    explicit Wanted(std::span<const std::string> ids)
        : ids_(std::in_place, ids.begin(), ids.end()) {}

    /// Whether one of those whose ids begin so may be: the others need not be looked for.
    [[nodiscard]] bool may_begin_with(std::string_view prefix) const {
        return !ids_ || std::ranges::any_of(
                            *ids_, [&](const std::string& id) { return id.starts_with(prefix); });
    }
    /// Whether this one is; by its id only once.
    bool take(const std::string& id) { return !ids_ || ids_->erase(id) == 1; }
    /// The ids that were not taken.
    [[nodiscard]] std::set<std::string> left() const {
        return ids_.value_or(std::set<std::string>{});
    }

  private:
    Wanted() = default;
    std::optional<std::set<std::string>> ids_;  ///< nothing: all
};

namespace {

/// EventBridge and Lambda describe a failure in attributes of the message:
/// docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html and
/// docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
std::string attribute(const SqsMessage& message, std::string_view of_eventbridge,
                      std::string_view of_lambda = {}) {
    for (const auto name : {of_eventbridge, of_lambda}) {
        const auto found = message.attributes.find(name);
        if (found != message.attributes.end()) return found->second;
    }
    return {};
}

}  // namespace

std::span<const SqsDeadLetters::Source> SqsDeadLetters::sources() {
    static constexpr std::array kSources{
        Source{stack::kArchiveDeadLetters, "archive-", contract::kArchiveFunction},
        Source{stack::kExtractionDeadLetters, "extraction-", contract::kExtractionFunction},
        Source{functions::kForwardingDeadLetters, "forwarding-", {}}};
    return kSources;
}

Result<std::vector<DeadLetter>> SqsDeadLetters::list() {
    std::vector<DeadLetter> letters;
    for (const auto& source : sources()) {
        auto queue = SqsQueue::find(api_, source.queue);
        if (!queue) return std::unexpected(std::move(queue.error()));
        if (!*queue) continue;
        const auto messages = (*queue)->receive_all();
        if (!messages) return std::unexpected(messages.error());
        for (const auto& message : *messages) {
            DeadLetter letter{.id = fmt::format("{}{}", source.id_prefix, message.id),
                              .time = message.sent,
                              .target_arn = attribute(message, "TARGET_ARN"),
                              .error_code = attribute(message, "ERROR_CODE", "ErrorCode"),
                              .error_message = attribute(message, "ERROR_MESSAGE", "ErrorMessage")};
            if (letter.target_arn.empty()) {
                letter.target_arn = function_arn(api_.region(), api_.account(), source.function);
            }
            if (const auto event = Event::from_json(message.body)) describe(*event, letter);
            letters.push_back(std::move(letter));
        }
        (*queue)->give_back(*messages);
    }
    const auto events = quarantined();
    if (!events) return std::unexpected(events.error());
    for (const auto& event : *events) letters.push_back(dead_letter_of(event));
    return letters;
}

Result<std::vector<QuarantinedEvent>> SqsDeadLetters::quarantined() {
    auto events = HubReader(api_).quarantined(kSqsMessagesMax);
    if (!events && events.error().kind == ErrorKind::not_found) {
        return std::vector<QuarantinedEvent>{};  // no hub
    }
    return events;
}

Result<Replay> SqsDeadLetters::replay(std::span<const std::string> ids) {
    Wanted wanted(ids);
    auto replayed = replay(wanted);
    if (!replayed) return replayed;
    for (const auto& id : wanted.left()) {
        replayed->failures.push_back({id, "it is not there, or somebody else is looking at it"});
    }
    return replayed;
}

Result<Replay> SqsDeadLetters::replay_all() {
    auto wanted = Wanted::all();
    return replay(wanted);
}

Result<Replay> SqsDeadLetters::replay(Wanted& wanted) {
    std::vector<QuarantinedEvent> events;
    if (wanted.may_begin_with(kQuarantinePrefix)) {
        // First: what a function puts there while its event is sent again was not there before.
        auto found = quarantined();
        if (!found) return std::unexpected(std::move(found.error()));
        events = std::move(*found);
    }
    Replay replay;
    for (const auto& source : sources()) {
        if (!wanted.may_begin_with(source.id_prefix)) continue;
        if (auto done = replay_queue(source, wanted, replay); !done) {
            return std::unexpected(std::move(done.error()));
        }
    }
    replay_quarantine(events, wanted, replay);
    return replay;
}

Result<void> SqsDeadLetters::replay_queue(const Source& source, Wanted& wanted, Replay& replay) {
    auto queue = SqsQueue::find(api_, source.queue);
    if (!queue) return std::unexpected(std::move(queue.error()));
    if (!*queue) return {};
    const auto messages = (*queue)->receive_all();
    if (!messages) return std::unexpected(messages.error());
    std::vector<SqsMessage> staying;
    for (const auto& message : *messages) {
        const auto id = fmt::format("{}{}", source.id_prefix, message.id);
        if (!wanted.take(id)) {
            staying.push_back(message);
            continue;
        }
        const auto sent = send(source, message);
        if (!sent) {
            replay.failures.push_back({id, sent.error().message});
            staying.push_back(message);
            continue;
        }
        ++replay.replayed;
        if (const auto removed = (*queue)->remove(message); !removed) {
            replay.failures.push_back({id, fmt::format("it was sent again, and is still there: {}",
                                                       removed.error().message)});
        }
    }
    (*queue)->give_back(staying);
    return {};
}

Result<void> SqsDeadLetters::send(const Source& source, const SqsMessage& message) {
    if (!source.function.empty()) {
        const auto invoked = api_.call("lambda", "Invoke",
                                       {{"FunctionName", source.function},
                                        {"InvocationType", "Event"},
                                        {"Payload", message.body}});
        if (!invoked) return std::unexpected(invoked.error());
        return {};
    }
    const auto event = Event::from_json(message.body);
    if (!event) return std::unexpected(event.error());
    const auto bus = attribute(message, "TARGET_ARN");
    if (bus.empty()) {
        return fail(ErrorKind::malformed_input, "the message does not say where it was to go");
    }
    return put_event(*event, bus);
}

Result<void> SqsDeadLetters::put_event(const Event& event, const std::string& bus) {
    json::array entries;
    entries.emplace_back(
        json::object{{"Source", event.source},
                     {"DetailType", event.detail_type},
                     {"Detail", event.detail},
                     {"Resources", json::array(event.resources.begin(), event.resources.end())},
                     {"Time", to_epoch_seconds(event.time)},
                     {"EventBusName", bus}});
    const auto answer = api_.call("events", "PutEvents", {{"Entries", std::move(entries)}});
    if (!answer) return std::unexpected(answer.error());
    const auto answers = objects_at(*answer, "Entries");
    if (answers.size() != 1) {
        return fail(ErrorKind::internal, "PutEvents did not answer what became of the event");
    }
    if (!text_at(*answers[0], "EventId").empty()) return {};
    const auto code = text_at(*answers[0], "ErrorCode");
    return fail(ErrorKind::conflict,
                fmt::format("{}: {}", code, text_at(*answers[0], "ErrorMessage")), code);
}

void SqsDeadLetters::replay_quarantine(std::span<const QuarantinedEvent> events, Wanted& wanted,
                                       Replay& replay) {
    for (const auto& event : events) {
        const auto id = fmt::format("{}{}", kQuarantinePrefix, event.event.id);
        if (!wanted.take(id)) continue;
        if (const auto archived = archive(event); archived) {
            ++replay.replayed;
        } else {
            replay.failures.push_back({id, archived.error().message});
        }
    }
}

/// The archive is waited for: what it puts into quarantine again must stay there.
Result<void> SqsDeadLetters::archive(const QuarantinedEvent& quarantined) {
    const auto payload =
        invoke_function(api_, contract::kArchiveFunction, quarantined.event.to_json());
    if (!payload) return std::unexpected(payload.error());
    const auto answer = parse_json_object(*payload);
    if (!answer) return std::unexpected(answer.error());
    if (text_at(*answer, "Outcome") == "quarantined") {
        return fail(ErrorKind::conflict, text_at(*answer, "Reason"));
    }
    const auto removed =
        api_.call("dynamodb", "DeleteItem",
                  {{"TableName", contract::kHubStateTable},
                   {"Key", json::object{{"StateKey", items::string_value(items::kQuarantineKey)},
                                        {"SortKey", items::string_value(quarantined.event.id)}}}});
    if (!removed) return std::unexpected(removed.error());
    return {};
}

}  // namespace dsdash::cli
