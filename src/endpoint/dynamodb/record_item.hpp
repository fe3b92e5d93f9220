#pragma once

#include "endpoint/dynamodb/attribute_value.hpp"
#include "items/record_item.hpp"

namespace dsdash::endpoint::dynamodb {

using items::to_item;

/// The record in an item that read_item() gave. ValidationException naming the attribute that is
/// missing, of another type, too long or not a record's.
Result<MetricRecord> to_record(const Item& item);

}  // namespace dsdash::endpoint::dynamodb
