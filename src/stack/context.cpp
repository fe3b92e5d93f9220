#include "stack/context.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/json.hpp"

namespace dsdash::stack {

namespace {

constexpr const char* kConnectionKey = "connection";
constexpr const char* kExisting = "existing";

std::string list_keys(const std::vector<ContextKey>& keys) {
    std::string out;
    for (const auto& key : keys) {
        fmt::format_to(std::back_inserter(out), "{}{} ({}{})", out.empty() ? "" : ", ", key.name,
                       key.is_required ? "required: " : "", key.description);
    }
    return out;
}

bool is_printable(std::string_view value) {
    std::string quoted;
    append_json_string(quoted, value);
    const bool has_control_characters = std::ranges::any_of(
        value, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    return !has_control_characters && check_json(quoted).has_value();  // which wants UTF-8
}

}  // namespace

Result<void> check_context(const StackContext& context, const std::vector<ContextKey>& keys) {
    for (const auto& [name, value] : context.values) {
        if (std::ranges::find(keys, name, &ContextKey::name) == keys.end()) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("there is no context key \"{}\" here; there are: {}", name,
                                    list_keys(keys)));
        }
        if (value.empty() || value.size() > kContextValueBytesMax) {
            return fail(
                ErrorKind::malformed_input,
                fmt::format("context {} must be 1 to {} bytes long", name, kContextValueBytesMax));
        }
        if (!is_printable(value)) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("context {} must be UTF-8 without control characters", name));
        }
    }
    for (const auto& key : keys) {
        if (key.is_required && !context.values.contains(key.name)) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("context {} is required: -c {}=…; there are: {}", key.name,
                                    key.name, list_keys(keys)));
        }
    }
    return {};
}

std::optional<std::string> optional_value(const StackContext& context, const std::string& key) {
    const auto found = context.values.find(key);
    return found == context.values.end() ? std::nullopt : std::optional(found->second);
}

ContextKey connection_key() {
    return {kConnectionKey, "\"existing\" when another stack of the account brings it"};
}

Result<bool> read_choice(const StackContext& context, const std::string& key,
                         std::string_view value) {
    const auto given = optional_value(context, key);
    if (!given || *given == value) return given.has_value();
    return fail(ErrorKind::malformed_input,
                fmt::format("context {} must be {} or absent", key, value));
}

Result<bool> read_existing_connection(const StackContext& context) {
    return read_choice(context, kConnectionKey, kExisting);
}

}  // namespace dsdash::stack
