#pragma once

#include "endpoint/dynamodb/expression.hpp"
#include "endpoint/dynamodb/item_table.hpp"

namespace dsdash::endpoint::dynamodb {

/// What a KeyConditionExpression selects of a key.
struct KeyCondition {
    std::string hash;
    SortRange range;
};

/// ValidationException for a condition that is none on the two attributes of `key`.
Result<KeyCondition> read_key_condition(const Node& condition, const KeySchema& key);

}  // namespace dsdash::endpoint::dynamodb
