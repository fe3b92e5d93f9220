#include <fmt/format.h>

#include <map>
#include <set>
#include <vector>

#include "domain/contract.hpp"
#include "embedded/bus/bus.hpp"
#include "endpoint/events/bus_name.hpp"
#include "endpoint/events/operations.hpp"

namespace dsdash::endpoint {

namespace {

constexpr std::size_t kEntriesMax = 10;                // API reference, PutEvents
constexpr std::size_t kEntriesBytesMax = 1024 * 1024;  // all entries together, since January 2026
constexpr std::size_t kBytesPerResourceMax = 2048;     // API reference, PutEventsRequestEntry

struct AddressedEntry {
    EventEntry entry;
    std::string bus;  ///< as it was named; the caller's own by its ARN
};

using Answers = std::vector<Result<std::string>>;

Result<std::string> string_or_empty(const json::object& object, std::string_view field) {
    auto value = optional_string(object, field);
    if (!value) return std::unexpected(std::move(value.error()));
    return std::move(*value).value_or("");
}

Result<std::vector<std::string>> read_resources(const json::object& object) {
    auto array = optional_array(object, "Resources");
    if (!array) return std::unexpected(std::move(array.error()));
    std::vector<std::string> resources;
    if (*array == nullptr) return resources;
    for (const auto& value : **array) {
        if (!value.is_string() || value.get_string().size() > kBytesPerResourceMax) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("Resources must be strings of at most {} characters",
                                    kBytesPerResourceMax));
        }
        resources.emplace_back(value.get_string());
    }
    return resources;
}

Result<std::optional<TimePoint>> read_time(const json::object& object) {
    const auto* value = object.if_contains("Time");
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (!value->is_number()) {
        return fail(ErrorKind::malformed_input, "Time must be a number of seconds since 1970");
    }
    auto time = from_epoch_seconds(value->to_number<double>());
    if (!time) return std::unexpected(std::move(time.error()));
    return *time;
}

/// Missing fields are errors of the entry, told in the answer; fields of a wrong type are errors of
/// the whole request.
Result<AddressedEntry> read_entry(const CallContext& context, const json::value& value) {
    if (!value.is_object()) return fail(ErrorKind::malformed_input, "Entries must be objects");
    const auto& object = value.get_object();
    auto source = string_or_empty(object, "Source");
    auto detail_type = string_or_empty(object, "DetailType");
    auto detail = string_or_empty(object, "Detail");
    auto bus = string_or_empty(object, "EventBusName");
    for (const auto* field : {&source, &detail_type, &detail, &bus}) {
        if (!*field) return std::unexpected(field->error());
    }
    auto resources = read_resources(object);
    if (!resources) return std::unexpected(std::move(resources.error()));
    auto time = read_time(object);
    if (!time) return std::unexpected(std::move(time.error()));
    if (bus->empty() || *bus == contract::kDefaultBus) *bus = own_bus_arn(context);
    return AddressedEntry{{std::move(*source), std::move(*detail_type), std::move(*detail),
                           std::move(*resources), *time},
                          std::move(*bus)};
}

Result<std::vector<AddressedEntry>> read_entries(const CallContext& context,
                                                 const json::object& input) {
    auto array = optional_array(input, "Entries");
    if (!array) return std::unexpected(std::move(array.error()));
    const auto count = *array == nullptr ? 0 : (*array)->size();
    if (count < 1 || count > kEntriesMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("1 validation error detected: Value at 'entries' failed to satisfy "
                                "constraint: Member must have length between 1 and {}, not {}",
                                kEntriesMax, count));
    }
    std::vector<AddressedEntry> entries;
    std::size_t bytes = 0;
    for (const auto& value : **array) {
        auto entry = read_entry(context, value);
        if (!entry) return std::unexpected(std::move(entry.error()));
        bytes += entry_size_bytes(entry->entry);
        entries.push_back(std::move(*entry));
    }
    if (bytes > kEntriesBytesMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("Total size of the entries in the request is over the limit: {} of "
                                "{} bytes",
                                bytes, kEntriesBytesMax));
    }
    return entries;
}

/// Puts entries on the bus of another account, which its policy has to allow.
Answers put_to_other(CallContext& context, std::string_view bus,
                     std::span<const EventEntry> entries) {
    const auto owner = embedded::account_of_bus(bus);
    auto* receiver = owner ? context.home.find(*owner) : nullptr;
    if (receiver == nullptr || receiver->bus().arn() != bus) {
        return Answers(entries.size(), no_such_bus(bus));
    }
    Answers answers;
    std::vector<Event> events;
    for (const auto& entry : entries) {
        auto event = context.account.bus().stamp(entry);
        if (!event) {
            answers.emplace_back(std::unexpected(std::move(event.error())));
            continue;
        }
        answers.emplace_back(event->id);
        events.push_back(std::move(*event));
    }
    auto received = receiver->bus().receive(events, context.account.id(), context.principal_arn);
    if (!received) {
        for (auto& answer : answers) {
            if (answer) answer = std::unexpected(received.error());
        }
    }
    return answers;
}

/// The answers in the order of the entries, which may be for several buses.
Answers put_to_buses(CallContext& context, std::vector<AddressedEntry> entries) {
    std::map<std::string, std::vector<std::size_t>> places_by_bus;
    for (std::size_t i = 0; i < entries.size(); ++i) places_by_bus[entries[i].bus].push_back(i);

    Answers answers(entries.size());
    for (const auto& [bus, places] : places_by_bus) {
        std::vector<EventEntry> part;
        for (const auto place : places) part.push_back(std::move(entries[place].entry));
        auto part_answers = bus == own_bus_arn(context) ? context.account.bus().put_events(part)
                                                        : put_to_other(context, bus, part);
        for (std::size_t i = 0; i < places.size(); ++i) {
            answers[places[i]] = std::move(part_answers[i]);
        }
    }
    return answers;
}

json::object render_answer(const Result<std::string>& answer) {
    if (answer) return {{"EventId", *answer}};
    const Error& error = answer.error();
    const std::string_view fallback =
        error.kind == ErrorKind::throttled ? "ThrottlingException" : "InternalFailure";
    return {{"ErrorCode", error.code.empty() ? fallback : std::string_view(error.code)},
            {"ErrorMessage", error.message}};
}

}  // namespace

Result<json::object> put_events(CallContext& context, const json::object& input) {
    auto entries = read_entries(context, input);
    if (!entries) return std::unexpected(std::move(entries.error()));
    const auto answers = put_to_buses(context, std::move(*entries));

    json::array rendered;
    std::int64_t failed = 0;
    for (const auto& answer : answers) {
        if (!answer) ++failed;
        rendered.emplace_back(render_answer(answer));
    }
    return json::object{{"FailedEntryCount", failed}, {"Entries", std::move(rendered)}};
}

std::vector<std::string> buses_of_entries(const CallContext& context, const json::object& input) {
    const auto entries = read_entries(context, input);
    if (!entries) return {own_bus_arn(context)};  // the operation itself refuses them
    std::set<std::string> buses;
    for (const auto& entry : *entries) buses.insert(entry.bus);
    return {buses.begin(), buses.end()};
}

}  // namespace dsdash::endpoint
