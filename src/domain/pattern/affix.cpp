#include "domain/pattern/affix.hpp"

#include <fmt/format.h>

#include "domain/json_text.hpp"

namespace dsdash::pattern {

Result<Affix> parse_affix(const Source& source, std::string_view name, std::string_view operand) {
    if (is_string(operand)) {
        return Affix{decode_json_string(operand), false};
    }
    if (!is_object(operand)) {
        return source.refuse(operand, fmt::format("{} match pattern must be a string", name));
    }
    JsonMembers members(operand);
    const auto member = members.next();
    if (!member) {
        return source.refuse(operand, fmt::format("{} expression name not found", name));
    }
    if (!json_string_equals(member->key, "equals-ignore-case")) {
        return source.refuse(member->key, fmt::format("Unsupported {} pattern: {}", name,
                                                      decode_json_string(member->key)));
    }
    if (!is_string(member->value)) {
        return source.refuse(member->value, "equals-ignore-case match pattern must be a string");
    }
    if (const auto second = members.next()) {
        return source.refuse(second->key, "Only one key allowed in match expression");
    }
    return Affix{decode_json_string(member->value), true};
}

}  // namespace dsdash::pattern
