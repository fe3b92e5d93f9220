#include "items/metadata_value.hpp"

#include <fmt/format.h>

#include "domain/decimal.hpp"

namespace dsdash::items {

namespace {

json::value number_or_string(std::string_view text) {
    const auto number = Decimal::parse(text);
    return number ? number_value(number->to_string()) : string_value(text);
}

Result<void> append_value(const json::value& value, std::string& out);

Result<void> append_map(const json::object& map, std::string& out) {
    out += '{';
    for (std::string_view separator; const auto& [name, member] : map) {
        out += separator;
        separator = ",";
        append_json_string(out, name);
        out += ':';
        if (auto appended = append_value(member, out); !appended) return appended;
    }
    out += '}';
    return {};
}

Result<void> append_list(const json::array& list, std::string& out) {
    out += '[';
    for (std::string_view separator; const auto& element : list) {
        out += separator;
        separator = ",";
        if (auto appended = append_value(element, out); !appended) return appended;
    }
    out += ']';
    return {};
}

std::unexpected<Error> malformed(std::string message) {
    return fail(ErrorKind::malformed_input, std::move(message));
}

Result<void> append_value(const json::value& value, std::string& out) {
    const auto* object = value.if_object();
    if (object == nullptr || object->size() != 1) {
        return malformed("Metadata holds what is no attribute value");
    }
    const std::string_view type = object->begin()->key();
    const auto& content = object->begin()->value();
    if (type == "M" && content.is_object()) return append_map(content.get_object(), out);
    if (type == "L" && content.is_array()) return append_list(content.get_array(), out);
    if (type == "S" && content.is_string()) {
        append_json_string(out, content.get_string());
    } else if (type == "N" && content.is_string()) {
        const auto number = Decimal::parse(content.get_string());
        if (!number) return malformed("Metadata: " + number.error().message);
        out += number->to_string();
    } else if (type == "BOOL" && content.is_bool()) {
        out += content.get_bool() ? "true" : "false";
    } else if (type == "NULL") {
        out += "null";
    } else {
        return malformed(fmt::format("Metadata cannot hold values of type {}", type));
    }
    return {};
}

}  // namespace

json::value metadata_value(std::string_view json_text) {
    const auto text = trim_json(json_text);
    switch (text.empty() ? '{' : text.front()) {
        case '{': {
            json::object map;
            JsonMembers members(text);
            while (const auto member = members.next()) {
                map[decode_json_string(member->key)] = metadata_value(member->value);
            }
            return json::object{{"M", std::move(map)}};
        }
        case '[': {
            json::array list;
            JsonElements elements(text);
            while (const auto element = elements.next()) list.push_back(metadata_value(*element));
            return json::object{{"L", std::move(list)}};
        }
        case '"':
            return string_value(decode_json_string(text));
        case 't':
        case 'f':
            return json::object{{"BOOL", text == "true"}};
        case 'n':
            return null_value();
        default:
            return number_or_string(text);
    }
}

Result<std::string> metadata_text(const json::value& value) {
    std::string text;
    if (auto appended = append_value(value, text); !appended) {
        return std::unexpected(appended.error());
    }
    return text;
}

}  // namespace dsdash::items
