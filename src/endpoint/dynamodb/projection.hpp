#pragma once

#include <vector>

#include "endpoint/dynamodb/attribute_value.hpp"
#include "endpoint/dynamodb/expression.hpp"
#include "endpoint/dynamodb/placeholders.hpp"

namespace dsdash::endpoint::dynamodb {

/// The paths of a ProjectionExpression: no two the same, none within another.
using Projection = std::vector<Path>;

Result<Projection> parse_projection(std::string_view expression, Placeholders& placeholders);

/// What `item` has at the projection's paths, within maps and lists as it stands there; lists
/// close up.
[[nodiscard]] Item project(const Projection& projection, const Item& item);

}  // namespace dsdash::endpoint::dynamodb
