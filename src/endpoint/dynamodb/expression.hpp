#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "domain/json.hpp"

/// What condition expressions are made of.
/// docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
namespace dsdash::endpoint::dynamodb {

/// A step into an item: the name of an attribute or of a map's member, or the index into a list.
using PathStep = std::variant<std::string, std::size_t>;
/// Never empty; the first step is a name.
using Path = std::vector<PathStep>;

/// "[Metadata, tags, [0]]", as error messages show a path.
[[nodiscard]] std::string describe_path(const Path& path);

enum class NodeKind {
    path,
    value,
    size,  ///< of its one operand; the only function that gives a value
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    between,  ///< first operand, lower and upper bound
    in,       ///< first operand and the list
    attribute_exists,
    attribute_not_exists,
    attribute_type,
    begins_with,
    contains,
    logical_and,
    logical_or,
    logical_not,
};

struct Node {
    NodeKind kind;
    Path path = {};                      ///< of a path
    const json::value* value = nullptr;  ///< of a value: the placeholder's. Never nullptr there
    std::vector<Node> operands = {};
};

/// Every path in `node`, in order.
void for_each_path(const Node& node, const std::function<void(const Path&)>& visit);

/// As the language spells it: "=", "BETWEEN", "begins_with", …
[[nodiscard]] std::string_view spelling_of(NodeKind kind);
/// Whether the node stands for a value and not for true or false.
[[nodiscard]] bool is_operand(NodeKind kind);
[[nodiscard]] bool is_function(NodeKind kind);

}  // namespace dsdash::endpoint::dynamodb
