#include "domain/event.hpp"

#include <fmt/format.h>

#include <array>

namespace dsdash {

namespace {

/// The slices of an event's JSON text that from_json() reads; empty where the field is absent.
struct EventFields {
    std::string_view id;
    std::string_view detail_type;
    std::string_view source;
    std::string_view account;
    std::string_view time;
    std::string_view region;
    std::string_view resources;
    std::string_view detail;
};

EventFields scan_fields(std::string_view text) {
    EventFields fields;
    const std::array<std::pair<std::string_view, std::string_view*>, 8> wanted{{
        {"id", &fields.id},
        {"detail-type", &fields.detail_type},
        {"source", &fields.source},
        {"account", &fields.account},
        {"time", &fields.time},
        {"region", &fields.region},
        {"resources", &fields.resources},
        {"detail", &fields.detail},
    }};
    JsonMembers members(text);
    std::string buffer;
    while (const auto member = members.next()) {
        const auto key = view_json_string(member->key, buffer);
        for (const auto& [name, slice] : wanted) {
            if (key == name) {
                *slice = member->value;
                break;
            }
        }
    }
    return fields;
}

Result<std::string> read_string(std::string_view field, std::string_view slice) {
    if (!slice.starts_with('"')) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("an event's {} must be a string", field));
    }
    return decode_json_string(slice);
}

/// Reads a string field with `parse`, a function from text to a Result.
template <class Parse>
auto read_parsed(std::string_view field, std::string_view slice, Parse parse)
    -> decltype(parse(std::string_view{})) {
    const auto text = read_string(field, slice);
    if (!text) {
        return std::unexpected(text.error());
    }
    auto value = parse(*text);
    if (!value) {
        value.error().message = fmt::format("an event's {}: {}", field, value.error().message);
    }
    return value;
}

Result<std::vector<std::string>> read_resources(std::string_view slice) {
    std::vector<std::string> resources;
    if (slice.empty()) {
        return resources;
    }
    if (!slice.starts_with('[')) {
        return fail(ErrorKind::malformed_input, "an event's resources must be an array");
    }
    JsonElements elements(slice);
    while (const auto element = elements.next()) {
        auto resource = read_string("resources element", *element);
        if (!resource) {
            return std::unexpected(std::move(resource.error()));
        }
        resources.push_back(std::move(*resource));
    }
    return resources;
}

/// The text around the variable parts, a little rounded up.
constexpr std::size_t kEnvelopeBytes = 160;

}  // namespace

std::string Event::to_json() const {
    std::string out;
    out.reserve(kEnvelopeBytes + id.size() + detail_type.size() + source.size() + detail.size() +
                region.text().size());
    out += R"({"version":"0","id":)";
    append_json_string(out, id);
    out += R"(,"detail-type":)";
    append_json_string(out, detail_type);
    out += R"(,"source":)";
    append_json_string(out, source);
    out += R"(,"account":)";
    append_json_string(out, account.text());
    out += R"(,"time":")";
    out += format_iso8601(time);
    out += R"(","region":)";
    append_json_string(out, region.text());
    out += R"(,"resources":[)";
    for (const auto& resource : resources) {
        if (&resource != &resources.front()) {
            out.push_back(',');
        }
        append_json_string(out, resource);
    }
    out += R"(],"detail":)";
    out += detail;
    out.push_back('}');
    return out;
}

Result<json::object> Event::to_object(json::storage_ptr memory) const {
    auto parsed = parse_json_object(detail, memory);
    if (!parsed) {
        return parsed;
    }
    json::object object(std::move(memory));
    object["version"] = "0";
    object["id"] = id;
    object["detail-type"] = detail_type;
    object["source"] = source;
    object["account"] = account.text();
    object["time"] = format_iso8601(time);
    object["region"] = region.text();
    object["resources"] = json::array(resources.begin(), resources.end(), object.storage());
    object["detail"] = std::move(*parsed);
    return object;
}

Result<Event> Event::from_json(std::string_view text) {
    // The envelope adds a level to a detail that may itself use all of them.
    if (auto checked = check_json(text, kJsonDepthMax + 1); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    if (!trim_json(text).starts_with('{')) {
        return fail(ErrorKind::malformed_input, "an event must be a JSON object");
    }
    const auto fields = scan_fields(text);
    auto id = read_string("id", fields.id);
    auto source = read_string("source", fields.source);
    auto detail_type = read_string("detail-type", fields.detail_type);
    auto account = read_parsed("account", fields.account, AccountId::parse);
    auto region = read_parsed("region", fields.region, Region::parse);
    auto time = read_parsed("time", fields.time, parse_iso8601);
    auto resources = read_resources(fields.resources);
    for (const auto* string : {&id, &source, &detail_type}) {
        if (!*string) {
            return std::unexpected(string->error());
        }
    }
    if (!account) {
        return std::unexpected(std::move(account.error()));
    }
    if (!region) {
        return std::unexpected(std::move(region.error()));
    }
    if (!time) {
        return std::unexpected(std::move(time.error()));
    }
    if (!resources) {
        return std::unexpected(std::move(resources.error()));
    }
    if (!fields.detail.starts_with('{')) {
        return fail(ErrorKind::malformed_input, "an event's detail must be an object");
    }
    return Event{std::move(*id),        std::move(*source),        std::move(*detail_type),
                 std::move(*account),   std::move(*region),        *time,
                 std::move(*resources), std::string(fields.detail)};
}

std::size_t entry_size_bytes(const EventEntry& entry) {
    constexpr std::size_t kTimeBytes = 14;
    std::size_t size = entry.time ? kTimeBytes : 0;
    size += entry.source.size() + entry.detail_type.size() + entry.detail.size();
    for (const auto& resource : entry.resources) {
        size += resource.size();
    }
    return size;
}

}  // namespace dsdash
