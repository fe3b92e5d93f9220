#include "endpoint/dynamodb/condition_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "endpoint/dynamodb/attribute_value.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::size_t kInOperandsMax = 100;  // developer guide, "Quotas"

constexpr std::array<std::string_view, 10> kTypes{"S",    "N", "B",  "NULL", "SS",
                                                  "BOOL", "L", "BS", "NS",   "M"};

/// Functions that say true or false are no operands.
void check_operands(const Node& node, ExpressionReader& reader) {
    for (const auto& operand : node.operands) {
        if (is_operand(operand.kind)) continue;
        reader.flag(Flaw::misused_function,
                    fmt::format("The function is not allowed to be used this way in an expression; "
                                "function: {}",
                                spelling_of(operand.kind)));
    }
}

void check_distinct(const Node& node, ExpressionReader& reader) {
    const auto& operands = node.operands;
    if (operands.size() != 2 || operands[0].kind != NodeKind::path ||
        operands[1].kind != NodeKind::path || operands[0].path != operands[1].path) {
        return;
    }
    reader.flag(Flaw::operands_not_distinct,
                fmt::format("The first operand must be distinct from the remaining operands for "
                            "this operator or function; operator: {}, first operand: {}",
                            spelling_of(node.kind), describe_path(operands[0].path)));
}

/// The type of an operand that does not depend on the item; empty when it does.
std::string_view fixed_type(const Node& operand) {
    if (operand.kind == NodeKind::size) return "N";
    return operand.value == nullptr ? std::string_view{} : type_of(*operand.value);
}

void flag_type(const Node& function, std::string_view type, ExpressionReader& reader) {
    reader.flag(Flaw::operand_type,
                fmt::format("Incorrect operand type for operator or function; operator or "
                            "function: {}, operand type: {}",
                            spelling_of(function.kind), type));
}

std::string describe_value(const json::value& value) {
    const auto& content = content_of(value);
    return fmt::format(
        "AttributeValue: {{{}:{}}}", type_of(value),
        content.is_string() ? std::string(content.get_string()) : json::serialize(content));
}

void check_has_path(const Node& function, ExpressionReader& reader) {
    if (function.operands[0].kind == NodeKind::path) return;
    reader.flag(Flaw::operand_type,
                fmt::format("Operator or function requires a document path; operator or function: "
                            "{}",
                            spelling_of(function.kind)));
}

void check_attribute_type(const Node& function, ExpressionReader& reader) {
    const auto& type = function.operands[1];
    if (fixed_type(type) != "S") {
        flag_type(function,
                  fixed_type(type).empty() ? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}" : fixed_type(type),
                  reader);
    } else if (std::ranges::find(kTypes, text_of(*type.value)) == kTypes.end()) {
        reader.flag(Flaw::operand_type,
                    fmt::format("Invalid attribute type name found; type: {}, valid types: "
                                "{{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}",
                                text_of(*type.value)));
    }
}

void check_begins_with(const Node& function, ExpressionReader& reader) {
    for (const auto& operand : function.operands) {
        const auto type = fixed_type(operand);
        if (!type.empty() && type != "S" && type != "B") flag_type(function, type, reader);
    }
}

void check_size(const Node& function, ExpressionReader& reader) {
    const auto type = fixed_type(function.operands[0]);
    if (type == "N" || type == "BOOL" || type == "NULL") flag_type(function, type, reader);
}

std::size_t operand_count(NodeKind function) {
    switch (function) {
        case NodeKind::attribute_exists:
        case NodeKind::attribute_not_exists:
        case NodeKind::size:
            return 1;
        default:
            return 2;
    }
}

}  // namespace

void check_is_condition(const Node& node, ExpressionReader& reader) {
    if (node.kind != NodeKind::size) return;
    reader.flag(Flaw::misused_function,
                "The function is not allowed to be used this way in an expression; function: size");
}

void check_comparison(const Node& comparison, ExpressionReader& reader) {
    check_operands(comparison, reader);
    check_distinct(comparison, reader);
}

void check_between(const Node& between, ExpressionReader& reader) {
    check_operands(between, reader);
    const auto* lower = between.operands[1].value;
    const auto* upper = between.operands[2].value;
    if (lower == nullptr || upper == nullptr) return;
    const bool same_type = type_of(*lower) == type_of(*upper);
    if (same_type && !(compare_values(*lower, *upper) > 0)) return;
    reader.flag(
        Flaw::operand_type,
        fmt::format("The BETWEEN operator requires {}; lower bound operand: {}, upper bound "
                    "operand: {}",
                    same_type ? "upper bound to be greater than or equal to lower bound"
                              : "same data type for lower and upper bounds",
                    describe_value(*lower), describe_value(*upper)));
}

void check_in(const Node& in, ExpressionReader& reader) {
    check_operands(in, reader);
    const auto count = in.operands.size() - 1;
    if (count <= kInOperandsMax) return;
    reader.flag(Flaw::operand_count,
                fmt::format("The IN operator is provided with too many operands; number of "
                            "operands: {}",
                            count));
}

void check_function(const Node& function, ExpressionReader& reader) {
    check_operands(function, reader);
    if (function.operands.size() != operand_count(function.kind)) {
        reader.flag(Flaw::operand_count,
                    fmt::format("Incorrect number of operands for operator or function; operator "
                                "or function: {}, number of operands: {}",
                                spelling_of(function.kind), function.operands.size()));
        return;
    }
    check_distinct(function, reader);
    switch (function.kind) {
        case NodeKind::attribute_exists:
        case NodeKind::attribute_not_exists:
            return check_has_path(function, reader);
        case NodeKind::attribute_type:
            return check_attribute_type(function, reader);
        case NodeKind::begins_with:
            return check_begins_with(function, reader);
        case NodeKind::size:
            return check_size(function, reader);
        default:
            return;
    }
}

}  // namespace dsdash::endpoint::dynamodb
