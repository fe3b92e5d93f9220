#pragma once

#include "endpoint/dynamodb/expression.hpp"
#include "endpoint/dynamodb/item_table.hpp"
#include "endpoint/dynamodb/projection.hpp"

namespace dsdash::endpoint::dynamodb {

/// The condition in `field` of a request; nothing when it is absent. An error names the field.
Result<std::optional<Node>> condition_at(const json::object& input, std::string_view field,
                                         Placeholders& placeholders);
/// Likewise the ProjectionExpression.
Result<std::optional<Projection>> projection_of(const json::object& input,
                                                Placeholders& placeholders);

/// ExpressionAttributeNames and -Values without any of `fields` to use them are refused.
Result<void> check_has_expressions(const json::object& input,
                                   std::initializer_list<std::string_view> fields);

/// Keys are scalars: no path may lead into one.
Result<void> check_key_paths(const Node& condition, const TableSchema& schema);
Result<void> check_key_paths(const Projection& projection, const TableSchema& schema);

}  // namespace dsdash::endpoint::dynamodb
