#pragma once

#include "endpoint/dynamodb/expression_reader.hpp"

/// What DynamoDB asks of a condition's parts beyond the grammar. Each flags what is wrong.
namespace dsdash::endpoint::dynamodb {

/// Where true or false is needed, size() is not it.
void check_is_condition(const Node& node, ExpressionReader& reader);
void check_comparison(const Node& comparison, ExpressionReader& reader);
void check_between(const Node& between, ExpressionReader& reader);
void check_in(const Node& in, ExpressionReader& reader);
void check_function(const Node& function, ExpressionReader& reader);

}  // namespace dsdash::endpoint::dynamodb
