#pragma once

#include "endpoint/dynamodb/item_table.hpp"

namespace dsdash::endpoint::dynamodb {

/// The key in a request's Key field: exactly the table's key attributes.
Result<Item> read_key(const json::value& key, const KeySchema& schema);
/// The ExclusiveStartKey of a read of the table or its index.
Result<Item> read_start_key(const json::value& key, const TableSchema& schema, bool by_index);
/// Whether an item that is put has the table's key attributes; ValidationException if not.
Result<void> check_key_of(const Item& item, const TableSchema& schema);

}  // namespace dsdash::endpoint::dynamodb
