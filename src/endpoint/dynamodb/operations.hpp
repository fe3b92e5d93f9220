#pragma once

#include "endpoint/operation.hpp"

/// DynamoDB: docs.aws.amazon.com/amazondynamodb/latest/APIReference. Two tables, both strict:
/// ds-dashboard-hub-table holds metric records only, ds-dashboard-hub-state is read-only.
namespace dsdash::endpoint::dynamodb {

// describe_table.cpp
Result<json::object> list_tables(CallContext& context, const json::object& input);
Result<json::object> describe_table(CallContext& context, const json::object& input);

// get_item.cpp
Result<json::object> get_item(CallContext& context, const json::object& input);

// query.cpp
Result<json::object> query(CallContext& context, const json::object& input);

// scan.cpp
Result<json::object> scan(CallContext& context, const json::object& input);

// put_item.cpp
Result<json::object> put_item(CallContext& context, const json::object& input);

// delete_item.cpp
Result<json::object> delete_item(CallContext& context, const json::object& input);

// batch_write_item.cpp
Result<json::object> batch_write_item(CallContext& context, const json::object& input);

}  // namespace dsdash::endpoint::dynamodb
