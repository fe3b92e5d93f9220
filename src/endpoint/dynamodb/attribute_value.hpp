#pragma once

#include <compare>
#include <optional>

#include "items/item.hpp"

/// Attribute values as clients send them: read strictly, compared, measured.
namespace dsdash::endpoint::dynamodb {

using items::Item;
using items::number_value;
using items::string_value;

/// Nesting that DynamoDB accepts (developer guide, "Quotas").
inline constexpr int kNestingMax = 32;

/// `value` with its numbers in canonical form. ValidationException, or SerializationException for
/// JSON of another shape.
Result<json::value> read_value(const json::value& value);
/// An object of attribute values at `field`, each read.
Result<Item> read_item(const json::value& item);

/// Of values that read_value() gave: the type's name, and what stands under it.
[[nodiscard]] std::string_view type_of(const json::value& value);
[[nodiscard]] const json::value& content_of(const json::value& value);
[[nodiscard]] std::string_view text_of(const json::value& value);  ///< of an S, N or B

/// Sets are equal in whatever order.
[[nodiscard]] bool equal(const json::value& a, const json::value& b);
/// Strings and binaries by bytes, numbers by value; unordered for other types and unlike ones.
[[nodiscard]] std::partial_ordering compare_values(const json::value& a, const json::value& b);

/// What DynamoDB counts against its limits (developer guide, "DynamoDB item sizes and formats").
[[nodiscard]] std::size_t size_bytes(const json::value& value);
[[nodiscard]] std::size_t item_size_bytes(const Item& item);

}  // namespace dsdash::endpoint::dynamodb
