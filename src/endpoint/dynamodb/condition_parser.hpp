#pragma once

#include "endpoint/dynamodb/expression.hpp"
#include "endpoint/dynamodb/placeholders.hpp"

namespace dsdash::endpoint::dynamodb {

/// Parses a condition, as ConditionExpression, FilterExpression and KeyConditionExpression have
/// it. ValidationException in DynamoDB's words for what it would refuse. The values in the result
/// are those of `placeholders`.
Result<Node> parse_condition(std::string_view expression, Placeholders& placeholders);

}  // namespace dsdash::endpoint::dynamodb
