#include "endpoint/dynamodb/attribute_value.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/decimal.hpp"
#include "endpoint/dynamodb/base64.hpp"
#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/number.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::string_view kInvalid = "One or more parameter values were invalid: ";

Result<json::value> read_nested(const json::value& value, int depth);

std::unexpected<Error> wrong_shape(const json::value& found, std::string_view wanted) {
    switch (found.kind()) {
        case json::kind::bool_:
            return unserializable(fmt::format("{}_VALUE cannot be converted to {}",
                                              found.get_bool() ? "TRUE" : "FALSE", wanted));
        case json::kind::int64:
        case json::kind::uint64:
            return unserializable(fmt::format("NUMBER_VALUE cannot be converted to {}", wanted));
        case json::kind::double_:
            return unserializable(fmt::format("DECIMAL_VALUE cannot be converted to {}", wanted));
        case json::kind::array:
            return unserializable(
                fmt::format("Unrecognized collection type class java.lang.{}", wanted));
        case json::kind::object:
            return unserializable("Start of structure or map found where not expected");
        case json::kind::string:
            return unserializable(fmt::format("STRING_VALUE cannot be converted to {}", wanted));
        case json::kind::null:
            break;
    }
    return unserializable(fmt::format("a null cannot be converted to {}", wanted));
}

Result<json::value> read_string(const json::value& content) {
    if (!content.is_string()) return wrong_shape(content, "String");
    return content;
}

Result<json::value> read_number(const json::value& content) {
    if (!content.is_string()) return wrong_shape(content, "String");
    auto number = parse_number(content.get_string());
    if (!number) return std::unexpected(number.error());
    return json::string(number->to_string());
}

Result<json::value> read_binary(const json::value& content) {
    if (!content.is_string()) return wrong_shape(content, "ByteBuffer");
    if (!decode_base64(content.get_string())) {
        return unserializable("Invalid Base64 in a binary value");
    }
    return content;
}

Result<json::value> read_bool(const json::value& content) {
    if (!content.is_bool()) return wrong_shape(content, "Boolean");
    return content;
}

Result<json::value> read_null(const json::value& content) {
    if (!content.is_bool()) return wrong_shape(content, "Boolean");
    if (!content.get_bool()) {
        return invalid(
            fmt::format("{}Null attribute value types must have the value of true", kInvalid));
    }
    return content;
}

std::string join(const json::array& set) {
    std::string joined;
    for (const auto& member : set) {
        joined += joined.empty() ? "" : ", ";
        joined += std::string_view(member.get_string());
    }
    return joined;
}

Result<json::value> read_set(const json::value& content, std::string_view kind,
                             Result<json::value> (*read_member)(const json::value&)) {
    if (!content.is_array()) return wrong_shape(content, "List");
    if (content.get_array().empty()) {
        return invalid(fmt::format("{}An {} set  may not be empty", kInvalid, kind));
    }
    json::array set;
    for (const auto& member : content.get_array()) {
        auto read = read_member(member);
        if (!read) return read;
        set.push_back(*std::move(read));
    }
    auto sorted = set;
    const auto by_text = [](const json::value& a, const json::value& b) {
        return a.get_string() < b.get_string();
    };
    std::ranges::sort(sorted, by_text);
    if (std::ranges::adjacent_find(sorted) != sorted.end()) {
        return invalid(
            fmt::format("{}Input collection [{}] contains duplicates.", kInvalid, join(set)));
    }
    return set;
}

Result<json::value> read_list(const json::value& content, int depth) {
    if (!content.is_array()) return wrong_shape(content, "List");
    json::array list;
    for (const auto& element : content.get_array()) {
        auto read = read_nested(element, depth + 1);
        if (!read) return read;
        list.push_back(*std::move(read));
    }
    return list;
}

Result<json::value> read_map(const json::value& content, int depth) {
    if (!content.is_object()) return wrong_shape(content, "Map");
    json::object map;
    for (const auto& [name, member] : content.get_object()) {
        auto read = read_nested(member, depth + 1);
        if (!read) return read;
        map[name] = *std::move(read);
    }
    return map;
}

Result<json::value> read_content(std::string_view type, const json::value& content, int depth) {
    if (type == "S") return read_string(content);
    if (type == "N") return read_number(content);
    if (type == "B") return read_binary(content);
    if (type == "BOOL") return read_bool(content);
    if (type == "NULL") return read_null(content);
    if (type == "SS") return read_set(content, "string", read_string);
    if (type == "NS") return read_set(content, "number", read_number);
    if (type == "BS") return read_set(content, "binary", read_binary);
    if (type == "L") return read_list(content, depth);
    if (type == "M") return read_map(content, depth);
    return invalid(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
}

Result<json::value> read_nested(const json::value& value, int depth) {
    if (depth > kNestingMax) {
        return invalid(fmt::format("{}Nesting Levels have exceeded supported limits", kInvalid));
    }
    if (!value.is_object()) return unserializable("Unexpected value type in payload");
    const auto& object = value.get_object();
    if (object.empty()) {
        return invalid(
            "Supplied AttributeValue is empty, must contain exactly one of the supported "
            "datatypes");
    }
    if (object.size() > 1) {
        return invalid(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of "
            "the supported datatypes");
    }
    const auto& member = *object.begin();
    auto content = read_content(member.key(), member.value(), depth);
    if (!content) return content;
    return json::object{{member.key(), *std::move(content)}};
}

/// One byte for each two significant digits, and one for sign and exponent.
std::size_t number_size_bytes(std::string_view text) {
    const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
    return static_cast<std::size_t>(digits + 1) / 2 + 1;
}

bool equal_sets(const json::array& a, const json::array& b) {
    return a.size() == b.size() && std::ranges::is_permutation(a, b);
}

}  // namespace

Result<json::value> read_value(const json::value& value) {
    return read_nested(value, 1);
}

Result<Item> read_item(const json::value& item) {
    if (!item.is_object()) return wrong_shape(item, "Map");
    Item read;
    for (const auto& [name, value] : item.get_object()) {
        auto attribute = read_value(value);
        if (!attribute) return std::unexpected(attribute.error());
        read[name] = *std::move(attribute);
    }
    return read;
}

std::string_view type_of(const json::value& value) {
    return value.get_object().begin()->key();
}

const json::value& content_of(const json::value& value) {
    return value.get_object().begin()->value();
}

std::string_view text_of(const json::value& value) {
    return content_of(value).get_string();
}

bool equal(const json::value& a, const json::value& b) {
    const auto type = type_of(a);
    if (type != type_of(b)) return false;
    if (type == "SS" || type == "NS" || type == "BS") {
        return equal_sets(content_of(a).get_array(), content_of(b).get_array());
    }
    if (type == "L") {
        return std::ranges::equal(content_of(a).get_array(), content_of(b).get_array(), equal);
    }
    if (type == "M") {
        const auto& left = content_of(a).get_object();
        const auto& right = content_of(b).get_object();
        return left.size() == right.size() && std::ranges::all_of(left, [&](const auto& member) {
                   const auto* other = right.if_contains(member.key());
                   return other != nullptr && equal(member.value(), *other);
               });
    }
    return content_of(a) == content_of(b);
}

std::partial_ordering compare_values(const json::value& a, const json::value& b) {
    const auto type = type_of(a);
    if (type != type_of(b)) return std::partial_ordering::unordered;
    if (type == "S") return text_of(a) <=> text_of(b);
    if (type == "B") return decode_base64(text_of(a)) <=> decode_base64(text_of(b));
    if (type == "N") {
        return compare(Decimal::parse(text_of(a)).value(), Decimal::parse(text_of(b)).value()) <=>
               0;
    }
    return std::partial_ordering::unordered;
}

std::size_t size_bytes(const json::value& value) {
    constexpr std::size_t kContainer = 3;
    const auto type = type_of(value);
    const auto& content = content_of(value);
    if (type == "S") return content.get_string().size();
    if (type == "N") return number_size_bytes(content.get_string());
    if (type == "B") return decode_base64(content.get_string())->size();
    if (type == "BOOL" || type == "NULL") return 1;
    std::size_t size = 0;
    if (type == "M") {
        for (const auto& [name, member] : content.get_object()) {
            size += 1 + name.size() + size_bytes(member);
        }
        return kContainer + size;
    }
    for (const auto& element : content.get_array()) {
        size += type == "L" ? 1 + size_bytes(element)
                            : size_bytes(json::object{{type.substr(0, 1), element}});
    }
    return type == "L" ? kContainer + size : size;
}

std::size_t item_size_bytes(const Item& item) {
    std::size_t size = 0;
    for (const auto& [name, value] : item) size += name.size() + size_bytes(value);
    return size;
}

}  // namespace dsdash::endpoint::dynamodb
