#pragma once

#include <functional>

#include "domain/json.hpp"
#include "embedded/parameters/parameter_table.hpp"

namespace dsdash::endpoint {

using ParameterPredicate = std::function<bool(const embedded::StoredParameter&)>;

/// Which operation filters; each has its own keys.
enum class FilterUse { describe, by_path };

/// What ParameterFilters (and, for describe, the older Filters) of a request want; all must hold,
/// and of each one of its values. Errors: InvalidFilterKey, InvalidFilterOption,
/// InvalidFilterValue, ValidationException.
Result<ParameterPredicate> read_parameter_filters(const json::object& input, FilterUse use);

}  // namespace dsdash::endpoint
