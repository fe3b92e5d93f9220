#include "endpoint/dynamodb/request_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "endpoint/dynamodb/errors.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::size_t kTableNameMin = 1;
constexpr std::size_t kTableNameMax = 1'024;

/// "TableName" as constraints name it: "tableName".
std::string lower_first(std::string_view field) {
    std::string name(field);
    if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') {
        name[0] = static_cast<char>(name[0] - 'A' + 'a');
    }
    return name;
}

bool is_table_name(std::string_view name) {
    return std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '-';
    });
}

}  // namespace

std::string RequestFields::table_name() {
    const auto name = text("TableName");
    if (!name) {
        refused_ = refused_.value_or(
            "The parameter 'TableName' is required but was not present in the request");
        return {};
    }
    if (name->size() < kTableNameMin) {
        add_violation("TableName", *name, "Member must have length greater than or equal to 1");
    } else if (name->size() > kTableNameMax) {
        add_violation("TableName", *name, "Member must have length less than or equal to 1024");
    } else if (!name->starts_with("arn:") && !is_table_name(*name)) {
        add_violation("TableName", *name,
                      "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }
    return *name;
}

std::optional<std::string> RequestFields::text(std::string_view field) {
    const auto* value = find(field);
    if (value == nullptr) return std::nullopt;
    if (!value->is_string()) {
        add_wrong_type(field, "String");
        return std::nullopt;
    }
    return std::string(value->get_string());
}

std::optional<std::string> RequestFields::choice(std::string_view field,
                                                 std::initializer_list<std::string_view> choices) {
    auto chosen = text(field);
    if (chosen && std::ranges::find(choices, *chosen) == choices.end()) {
        add_violation(
            field, *chosen,
            fmt::format("Member must satisfy enum value set: [{}]", fmt::join(choices, ", ")));
    }
    return chosen;
}

std::optional<std::int64_t> RequestFields::integer(std::string_view field, std::int64_t min,
                                                   std::int64_t max) {
    const auto* value = find(field);
    if (value == nullptr) return std::nullopt;
    json::error_code code;
    const auto number = value->to_number<std::int64_t>(code);
    if (code) {
        add_wrong_type(field, "Integer");
        return std::nullopt;
    }
    if (number < min) {
        add_violation(field, std::to_string(number),
                      fmt::format("Member must have value greater than or equal to {}", min));
    } else if (number > max) {
        add_violation(field, std::to_string(number),
                      fmt::format("Member must have value less than or equal to {}", max));
    }
    return number;
}

bool RequestFields::flag(std::string_view field, bool otherwise) {
    const auto* value = find(field);
    if (value == nullptr) return otherwise;
    if (!value->is_bool()) {
        add_wrong_type(field, "Boolean");
        return otherwise;
    }
    return value->get_bool();
}

const json::value* RequestFields::value(std::string_view field, bool is_required) {
    const auto* value = find(field);
    if (value == nullptr && is_required) {
        violations_.push_back(
            fmt::format("Value null at '{}' failed to satisfy constraint: Member must not be null",
                        lower_first(field)));
    }
    return value;
}

void RequestFields::refuse_legacy(std::initializer_list<std::string_view> fields) {
    for (const auto field : fields) {
        if (find(field) == nullptr || refused_) continue;
        refused_ = fmt::format("{} is not supported here; use an expression instead", field);
    }
}

Result<void> RequestFields::finish() const {
    if (wrong_type_) return unserializable(*wrong_type_);
    if (!violations_.empty()) {
        return invalid(fmt::format("{} validation error{} detected: {}", violations_.size(),
                                   violations_.size() == 1 ? "" : "s",
                                   fmt::join(violations_, "; ")));
    }
    if (refused_) return invalid(*refused_);
    return {};
}

const json::value* RequestFields::find(std::string_view field) const {
    const auto* value = input_.if_contains(field);
    return value == nullptr || value->is_null() ? nullptr : value;
}

void RequestFields::add_wrong_type(std::string_view field, std::string_view wanted) {
    if (!wrong_type_) wrong_type_ = fmt::format("{} cannot be converted to {}", field, wanted);
}

void RequestFields::add_violation(std::string_view field, std::string_view value,
                                  std::string_view constraint) {
    violations_.push_back(fmt::format("Value '{}' at '{}' failed to satisfy constraint: {}", value,
                                      lower_first(field), constraint));
}

}  // namespace dsdash::endpoint::dynamodb
