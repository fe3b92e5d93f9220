#pragma once

#include <string_view>

#include "domain/result.hpp"

namespace dsdash {

/// DynamoDB's 32 levels of nesting (developer guide, "Quotas"): the values within the innermost
/// object or array are a level of their own.
inline constexpr std::size_t kMetadataDepthMax = 31;
/// DynamoDB's 400 KB an item, less room for the other attributes of a metric record: their names,
/// three values of up to 1,024 bytes, dates, ids, the number and what the archive adds.
inline constexpr std::size_t kMetadataBytesMax = (400 - 8) * std::size_t{1024};

/// malformed_input unless `metadata`, JSON text of an object that passed check_json(), fits into an
/// item of the hub's table, in nesting and in bytes as DynamoDB counts them.
Result<void> check_metadata(std::string_view metadata);

}  // namespace dsdash
