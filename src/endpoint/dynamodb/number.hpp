#pragma once

#include <string_view>

#include "domain/decimal.hpp"

namespace dsdash::endpoint::dynamodb {

/// Decimal::parse() with DynamoDB's errors.
Result<Decimal> parse_number(std::string_view text);

}  // namespace dsdash::endpoint::dynamodb
