#include "endpoint/dynamodb/expression.hpp"

#include <fmt/format.h>

namespace dsdash::endpoint::dynamodb {

std::string describe_path(const Path& path) {
    std::string text = "[";
    for (const auto& step : path) {
        if (text.size() > 1) text += ", ";
        if (const auto* name = std::get_if<std::string>(&step)) {
            text += *name;
        } else {
            text += fmt::format("[{}]", std::get<std::size_t>(step));
        }
    }
    return text + "]";
}

void for_each_path(const Node& node, const std::function<void(const Path&)>& visit) {
    if (node.kind == NodeKind::path) visit(node.path);
    for (const auto& operand : node.operands) for_each_path(operand, visit);
}

std::string_view spelling_of(NodeKind kind) {
    switch (kind) {
        case NodeKind::path:
            return "path";
        case NodeKind::value:
            return "value";
        case NodeKind::size:
            return "size";
        case NodeKind::equal:
            return "=";
        case NodeKind::not_equal:
            return "<>";
        case NodeKind::less:
            return "<";
        case NodeKind::less_or_equal:
            return "<=";
        case NodeKind::greater:
            return ">";
        case NodeKind::greater_or_equal:
            return ">=";
        case NodeKind::between:
            return "BETWEEN";
        case NodeKind::in:
            return "IN";
        case NodeKind::attribute_exists:
            return "attribute_exists";
        case NodeKind::attribute_not_exists:
            return "attribute_not_exists";
        case NodeKind::attribute_type:
            return "attribute_type";
        case NodeKind::begins_with:
            return "begins_with";
        case NodeKind::contains:
            return "contains";
        case NodeKind::logical_and:
            return "AND";
        case NodeKind::logical_or:
            return "OR";
        case NodeKind::logical_not:
            return "NOT";
    }
    return "";
}

bool is_operand(NodeKind kind) {
    return kind == NodeKind::path || kind == NodeKind::value || kind == NodeKind::size;
}

bool is_function(NodeKind kind) {
    return kind == NodeKind::size ||
           (kind >= NodeKind::attribute_exists && kind <= NodeKind::contains);
}

}  // namespace dsdash::endpoint::dynamodb
