#include "endpoint/dynamodb/placeholders.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "endpoint/dynamodb/attribute_value.hpp"
#include "endpoint/dynamodb/errors.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::string_view kNames = "ExpressionAttributeNames";
constexpr std::string_view kValues = "ExpressionAttributeValues";

/// "#" or ":" and at least one letter, digit or underscore.
bool is_placeholder(std::string_view key, char sigil) {
    const auto is_word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    return key.size() > 1 && key.front() == sigil && std::ranges::all_of(key.substr(1), is_word);
}

Result<void> check_keys(const json::value& map, std::string_view field, char sigil) {
    if (!map.is_object()) return unserializable(fmt::format("{} must be a map", field));
    if (map.get_object().empty()) return invalid(fmt::format("{} must not be empty", field));
    for (const auto& [key, value] : map.get_object()) {
        if (!is_placeholder(key, sigil)) {
            return invalid(fmt::format(R"({} contains invalid key: Syntax error; key: "{}")", field,
                                       std::string_view(key)));
        }
    }
    return {};
}

template <class Entries>
Result<void> check_used(const Entries& entries, std::string_view field) {
    std::string unused;
    for (const auto& [key, entry] : entries) {
        if (!entry.used) unused += (unused.empty() ? "" : ", ") + key;
    }
    if (unused.empty()) return {};
    return invalid(
        fmt::format("Value provided in {} unused in expressions: keys: {{{}}}", field, unused));
}

}  // namespace

Result<Placeholders> Placeholders::read(const json::object& input) {
    Placeholders placeholders;
    if (const auto* names = input.if_contains(kNames); names != nullptr && !names->is_null()) {
        if (auto read = placeholders.read_names(*names); !read) {
            return std::unexpected(read.error());
        }
    }
    if (const auto* values = input.if_contains(kValues); values != nullptr && !values->is_null()) {
        if (auto read = placeholders.read_values(*values); !read) {
            return std::unexpected(read.error());
        }
    }
    return placeholders;
}

Result<void> Placeholders::read_names(const json::value& names) {
    if (auto checked = check_keys(names, kNames, '#'); !checked) return checked;
    for (const auto& [key, name] : names.get_object()) {
        if (!name.is_string()) {
            return unserializable(fmt::format("{} must be strings", kNames));
        }
        names_.emplace(key, Entry<std::string>{std::string(name.get_string())});
    }
    return {};
}

Result<void> Placeholders::read_values(const json::value& values) {
    if (auto checked = check_keys(values, kValues, ':'); !checked) return checked;
    for (const auto& [key, value] : values.get_object()) {
        auto read = read_value(value);
        if (!read && read.error().code == "ValidationException") {
            return invalid(fmt::format("{} contains invalid value: {} for key {}", kValues,
                                       read.error().message, std::string_view(key)));
        }
        if (!read) return std::unexpected(read.error());
        values_.emplace(key, Entry<json::value>{*std::move(read)});
    }
    return {};
}

const std::string* Placeholders::name(std::string_view placeholder) {
    const auto found = names_.find(placeholder);
    if (found == names_.end()) return nullptr;
    found->second.used = true;
    return &found->second.content;
}

const json::value* Placeholders::value(std::string_view placeholder) {
    const auto found = values_.find(placeholder);
    if (found == values_.end()) return nullptr;
    found->second.used = true;
    return &found->second.content;
}

Result<void> Placeholders::check_all_used() const {
    if (auto checked = check_used(names_, kNames); !checked) return checked;
    return check_used(values_, kValues);
}

}  // namespace dsdash::endpoint::dynamodb
