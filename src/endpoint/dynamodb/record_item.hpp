#pragma once

#include "domain/metric_record.hpp"
#include "endpoint/dynamodb/attribute_value.hpp"

/// Metric records as DynamoDB items: the seed's six attributes and AccountId, EventId and
/// OriginalExtractionDate.
namespace dsdash::endpoint::dynamodb {

[[nodiscard]] Item to_item(const MetricRecord& record);

/// The record in an item that read_item() gave. ValidationException naming the attribute that is
/// missing, of another type, too long or not a record's.
Result<MetricRecord> to_record(const Item& item);

}  // namespace dsdash::endpoint::dynamodb
