#include "domain/json.hpp"

#include <fmt/format.h>

#include "domain/decimal.hpp"

namespace dsdash {

namespace {

std::unexpected<Error> wrong_type(std::string_view field, std::string_view type) {
    return fail(ErrorKind::malformed_input, fmt::format("{} must be {}", field, type));
}

/// The value at `field`; nullptr when it is absent or null.
const json::value* find_present(const json::object& object, std::string_view field) {
    const auto* value = object.if_contains({field.data(), field.size()});
    return value == nullptr || value->is_null() ? nullptr : value;
}

}  // namespace

Result<json::value> parse_json(std::string_view text, json::storage_ptr memory) {
    json::parse_options options;
    options.max_depth = kJsonDepthMax;
    json::error_code code;
    auto value = json::parse({text.data(), text.size()}, code, std::move(memory), options);
    if (!code) {
        return value;
    }
    // json::parse does not tell where it stopped; the check does, and only failures pay for it.
    if (auto checked = check_json(text); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    return fail(ErrorKind::malformed_input, fmt::format("JSON too large: {}", code.message()));
}

Result<json::object> parse_json_object(std::string_view text, json::storage_ptr memory) {
    auto value = parse_json(text, std::move(memory));
    if (!value) {
        return std::unexpected(std::move(value.error()));
    }
    if (!value->is_object()) {
        return fail(ErrorKind::malformed_input, "the JSON text must be an object");
    }
    return std::move(value->get_object());
}

std::optional<std::string> exact_number_text(std::string_view text, std::string_view key) {
    std::string_view found;
    JsonMembers members(text);
    while (const auto member = members.next()) {
        if (json_string_equals(member->key, key)) {
            found = member->value;
        }
    }
    if (found.empty()) {
        return std::nullopt;
    }
    if (found.front() == '-' || (found.front() >= '0' && found.front() <= '9')) {
        return std::string(found);
    }
    if (found.front() == '"') {
        auto content = decode_json_string(found);
        if (Decimal::parse(content)) {
            return content;
        }
    }
    return std::nullopt;
}

Result<std::string> required_string(const json::object& object, std::string_view field) {
    auto value = optional_string(object, field);
    if (!value) {
        return std::unexpected(std::move(value.error()));
    }
    if (!*value) {
        return fail(ErrorKind::malformed_input, fmt::format("{} is required", field));
    }
    return std::move(**value);
}

Result<std::optional<std::string>> optional_string(const json::object& object,
                                                   std::string_view field) {
    const auto* value = find_present(object, field);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_string()) {
        return wrong_type(field, "a string");
    }
    const auto& content = value->get_string();
    return std::string(content.data(), content.size());
}

Result<std::optional<std::int64_t>> optional_integer(const json::object& object,
                                                     std::string_view field) {
    const auto* value = find_present(object, field);
    if (value == nullptr) {
        return std::nullopt;
    }
    json::error_code code;
    const auto number = value->to_number<std::int64_t>(code);
    if (code) {
        return wrong_type(field, "an integer of at most 64 bits");
    }
    return number;
}

Result<std::optional<bool>> optional_bool(const json::object& object, std::string_view field) {
    const auto* value = find_present(object, field);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_bool()) {
        return wrong_type(field, "true or false");
    }
    return value->get_bool();
}

Result<const json::array*> optional_array(const json::object& object, std::string_view field) {
    const auto* value = find_present(object, field);
    if (value == nullptr) {
        return nullptr;
    }
    if (!value->is_array()) {
        return wrong_type(field, "an array");
    }
    return &value->get_array();
}

}  // namespace dsdash
