#include "aws/event_bus.hpp"

#include <algorithm>
#include <thread>

#include "domain/contract.hpp"

namespace dsdash::aws {

namespace {

constexpr int kAttemptsMax = 3;
constexpr std::chrono::milliseconds kFirstWait{100};

// docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html; 1 MB since January 2026.
constexpr std::size_t kEntriesPerCall = 10;
constexpr std::size_t kBytesPerCall = 1'000'000;

/// How many of the entries at `indexes`, from the first on, fit into one call; at least one, so
/// that EventBridge itself refuses an entry that is too large.
std::size_t count_for_call(std::span<const EventEntry> entries,
                           std::span<const std::size_t> indexes) {
    std::size_t count = 0;
    std::size_t bytes = 0;
    for (const auto index : indexes) {
        bytes += entry_size_bytes(entries[index]);
        if (count == kEntriesPerCall || (count > 0 && bytes > kBytesPerCall)) break;
        ++count;
    }
    return count;
}

json::object to_wire(const EventEntry& entry) {
    json::object wire{{"EventBusName", contract::kDefaultBus},
                      {"Source", entry.source},
                      {"DetailType", entry.detail_type},
                      {"Detail", entry.detail}};
    if (!entry.resources.empty()) {
        wire["Resources"] = json::array(entry.resources.begin(), entry.resources.end());
    }
    if (entry.time) wire["Time"] = to_epoch_seconds(*entry.time);
    return wire;
}

ErrorKind kind_of_entry_code(std::string_view code) {
    if (code == "ThrottlingException") return ErrorKind::throttled;
    if (code == "InternalFailure" || code == "InternalException") return ErrorKind::internal;
    if (code.starts_with("AccessDenied") || code.starts_with("NotAuthorized")) {
        return ErrorKind::denied;
    }
    return ErrorKind::malformed_input;
}

Result<std::string> read_entry(const json::value& value) {
    const auto* entry = value.if_object();
    const auto text_of = [&](std::string_view field) {
        const auto text = entry == nullptr ? std::nullopt : optional_string(*entry, field);
        return text && *text ? **text : std::string();
    };
    if (auto id = text_of("EventId"); !id.empty()) return id;
    auto code = text_of("ErrorCode");
    return fail(kind_of_entry_code(code), text_of("ErrorMessage"), code);
}

}  // namespace

AwsEventBus::AwsEventBus(AwsApi& api, Wait wait) : api_(api), wait_(std::move(wait)) {
    if (!wait_) wait_ = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); };
}

std::vector<Result<std::string>> AwsEventBus::put_events(std::span<const EventEntry> entries) {
    Answers answers(entries.size(), fail(ErrorKind::internal, "not put"));
    std::vector<std::size_t> pending(entries.size());
    std::ranges::generate(pending, [next = std::size_t{0}]() mutable { return next++; });
    auto wait = kFirstWait;
    for (int attempt = 1;; ++attempt) {
        for (std::span<const std::size_t> rest(pending); !rest.empty();) {
            const auto count = count_for_call(entries, rest);
            put_call(entries, rest.first(count), answers);
            rest = rest.subspan(count);
        }
        std::erase_if(pending, [&](std::size_t index) {
            return answers[index] || !is_retryable(answers[index].error().kind);
        });
        if (pending.empty() || attempt == kAttemptsMax) return answers;
        wait_(wait);
        wait *= 2;
    }
}

/// One PutEvents: the entries at `indexes` get their answers.
void AwsEventBus::put_call(std::span<const EventEntry> entries,
                           std::span<const std::size_t> indexes, Answers& answers) {
    json::array wire;
    for (const auto index : indexes) wire.emplace_back(to_wire(entries[index]));
    const auto output = api_.call("events", "PutEvents", {{"Entries", std::move(wire)}});
    if (!output) {
        for (const auto index : indexes) answers[index] = std::unexpected(output.error());
        return;
    }
    const auto results = optional_array(*output, "Entries");
    if (!results || *results == nullptr || (*results)->size() != indexes.size()) {
        for (const auto index : indexes) {
            answers[index] = fail(ErrorKind::internal, "PutEvents did not answer every entry");
        }
        return;
    }
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        answers[indexes[i]] = read_entry((**results)[i]);
    }
}

}  // namespace dsdash::aws
