#pragma once

#include "items/item.hpp"

namespace dsdash::items {

/// The JSON text of a record's metadata as an attribute value, numbers digit for digit (those
/// beyond DynamoDB's range as strings).
[[nodiscard]] json::value metadata_value(std::string_view json_text);

/// The reverse. malformed_input for binaries and sets, which JSON does not have, and for what is no
/// attribute value. Nested at most as deep as DynamoDB accepts (32) or JSON is read (1,000).
Result<std::string> metadata_text(const json::value& value);

}  // namespace dsdash::items
