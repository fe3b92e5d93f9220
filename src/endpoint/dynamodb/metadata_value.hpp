#pragma once

#include "endpoint/dynamodb/attribute_value.hpp"

namespace dsdash::endpoint::dynamodb {

/// The JSON text of a record's metadata as an attribute value, numbers digit for digit (those
/// beyond DynamoDB's range as strings).
[[nodiscard]] json::value metadata_value(std::string_view json_text);

/// The reverse. ValidationException for binaries and sets, which JSON does not have.
Result<std::string> metadata_text(const json::value& value);

}  // namespace dsdash::endpoint::dynamodb
