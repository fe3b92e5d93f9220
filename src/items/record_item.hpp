#pragma once

#include <array>

#include "domain/metric_record.hpp"
#include "items/item.hpp"

namespace dsdash::items {

/// What an item has where the record has it.
inline constexpr std::array<std::string_view, 4> kOptionalRecordAttributes{
    "AccountId", "EventId", "OriginalExtractionDate", "DeliveryDelayMs"};

/// The seed's six attributes and those of kOptionalRecordAttributes.
[[nodiscard]] Item to_item(const MetricRecord& record);

/// The record in an item, whoever wrote it: the Python reference's archive stores a metric event's
/// detail as it comes, so that MetricValue may be a string that holds a number and Metadata may be
/// absent or null. Other attributes are passed over. malformed_input naming the attribute that is
/// missing, of another type or out of bounds.
Result<MetricRecord> record_of(const Item& item);
/// Its value alone, by the same rules.
Result<Decimal> value_of(const Item& item);

}  // namespace dsdash::items
