#pragma once

#include "items/item.hpp"
#include "services/aws_api.hpp"

namespace dsdash::aws {

/// DynamoDB's PutItem under a condition on the item that stands at the key now, which may be none.
/// `values`: those that the condition names. Whether it was met and the item is written; false also
/// when an earlier attempt, whose answer was lost, has written it and it now fails the condition.
Result<bool> put_if(AwsApi& api, std::string_view table, const items::Item& item,
                    std::string_view condition, json::object values = {});

/// UpdateItem with this input, which has a ConditionExpression; answers as put_if.
Result<bool> update_if(AwsApi& api, const json::object& input);

}  // namespace dsdash::aws
