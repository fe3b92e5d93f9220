#pragma once

#include "endpoint/dynamodb/attribute_value.hpp"
#include "endpoint/dynamodb/expression.hpp"

namespace dsdash::endpoint::dynamodb {

/// The value at `path`; nullptr when the item has none there.
[[nodiscard]] const json::value* find_value(const Item& item, const Path& path);

/// Whether `item` meets a condition that parse_condition() gave. What an item does not have makes
/// every comparison false but "<>", which it makes true.
[[nodiscard]] bool is_met(const Node& condition, const Item& item);

}  // namespace dsdash::endpoint::dynamodb
