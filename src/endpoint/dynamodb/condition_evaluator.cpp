#include "endpoint/dynamodb/condition_evaluator.hpp"

#include <algorithm>
#include <optional>

#include "endpoint/dynamodb/base64.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

std::optional<json::value> size_of(const json::value& value) {
    const auto type = type_of(value);
    const auto& content = content_of(value);
    std::size_t size = 0;
    if (type == "S") {
        size = content.get_string().size();
    } else if (type == "B") {
        size = decode_base64(content.get_string())->size();
    } else if (type == "M") {
        size = content.get_object().size();
    } else if (content.is_array()) {
        size = content.get_array().size();
    } else {
        return std::nullopt;
    }
    return number_value(std::to_string(size));
}

/// What an operand stands for in an item: nothing, a value elsewhere, or one of its own.
class Operand {
  public:
    Operand(const Node& node, const Item& item) {
        if (node.kind == NodeKind::value) {
            value_ = node.value;
        } else if (node.kind == NodeKind::path) {
            value_ = find_value(item, node.path);
        } else if (const Operand measured(node.operands[0], item); measured.value_ != nullptr) {
            size_ = size_of(*measured.value_);
        }
    }

    [[nodiscard]] const json::value* get() const { return size_ ? &*size_ : value_; }

  private:
    const json::value* value_ = nullptr;
    std::optional<json::value> size_;
};

bool compares(NodeKind kind, const json::value* left, const json::value* right) {
    const bool both = left != nullptr && right != nullptr;
    if (kind == NodeKind::equal) return both && equal(*left, *right);
    if (kind == NodeKind::not_equal) return !both || !equal(*left, *right);
    if (!both) return false;
    const auto order = compare_values(*left, *right);
    switch (kind) {
        case NodeKind::less:
            return order < 0;
        case NodeKind::less_or_equal:
            return order <= 0;
        case NodeKind::greater:
            return order > 0;
        default:
            return order >= 0;
    }
}

/// The bytes of a string or a binary.
std::optional<std::string> bytes_of(const json::value& value) {
    if (type_of(value) == "S") return std::string(text_of(value));
    if (type_of(value) == "B") return decode_base64(text_of(value));
    return std::nullopt;
}

bool begins_with(const json::value* value, const json::value* prefix) {
    if (value == nullptr || prefix == nullptr || type_of(*value) != type_of(*prefix)) return false;
    const auto bytes = bytes_of(*value);
    return bytes && bytes->starts_with(*bytes_of(*prefix));
}

bool contains(const json::value* value, const json::value* part) {
    if (value == nullptr || part == nullptr) return false;
    const auto type = type_of(*value);
    const auto part_type = type_of(*part);
    if (const auto bytes = bytes_of(*value)) {
        return type == part_type && bytes->find(*bytes_of(*part)) != std::string::npos;
    }
    if (type == "L") {
        return std::ranges::any_of(content_of(*value).get_array(), [&](const json::value& element) {
            return equal(element, *part);
        });
    }
    if ((type == "SS" || type == "NS" || type == "BS") && type.substr(0, 1) == part_type) {
        const auto& set = content_of(*value).get_array();
        return std::ranges::find(set, content_of(*part)) != set.end();
    }
    return false;
}

bool calls(const Node& function, const Item& item) {
    const Operand first(function.operands[0], item);
    if (function.kind == NodeKind::attribute_exists) return first.get() != nullptr;
    if (function.kind == NodeKind::attribute_not_exists) return first.get() == nullptr;
    const Operand second(function.operands[1], item);
    if (function.kind == NodeKind::attribute_type) {
        return first.get() != nullptr && type_of(*first.get()) == text_of(*second.get());
    }
    return function.kind == NodeKind::begins_with ? begins_with(first.get(), second.get())
                                                  : contains(first.get(), second.get());
}

}  // namespace

const json::value* find_value(const Item& item, const Path& path) {
    const json::value* value = item.if_contains(std::get<std::string>(path.front()));
    for (auto step = path.begin() + 1; step != path.end() && value != nullptr; ++step) {
        const auto type = type_of(*value);
        const auto& content = content_of(*value);
        if (const auto* name = std::get_if<std::string>(&*step)) {
            value = type == "M" ? content.get_object().if_contains(*name) : nullptr;
        } else {
            value = type == "L" ? content.get_array().if_contains(std::get<std::size_t>(*step))
                                : nullptr;
        }
    }
    return value;
}

bool is_met(const Node& condition, const Item& item) {
    const auto& operands = condition.operands;
    const auto holds = [&](const Node& operand) { return is_met(operand, item); };
    switch (condition.kind) {
        case NodeKind::logical_and:
            return std::ranges::all_of(operands, holds);
        case NodeKind::logical_or:
            return std::ranges::any_of(operands, holds);
        case NodeKind::logical_not:
            return !holds(operands[0]);
        case NodeKind::between: {
            const Operand value(operands[0], item);
            return compares(NodeKind::greater_or_equal, value.get(),
                            Operand(operands[1], item).get()) &&
                   compares(NodeKind::less_or_equal, value.get(), Operand(operands[2], item).get());
        }
        case NodeKind::in: {
            const Operand value(operands[0], item);
            return std::any_of(operands.begin() + 1, operands.end(), [&](const Node& candidate) {
                return compares(NodeKind::equal, value.get(), Operand(candidate, item).get());
            });
        }
        default:
            break;
    }
    if (is_function(condition.kind)) return calls(condition, item);
    const Operand left(operands[0], item);
    const Operand right(operands[1], item);
    return compares(condition.kind, left.get(), right.get());
}

}  // namespace dsdash::endpoint::dynamodb
