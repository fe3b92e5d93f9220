#pragma once

#include "embedded/parameters/parameter_table.hpp"
#include "endpoint/operation.hpp"

namespace dsdash::endpoint {

/// The API's structure Parameter.
[[nodiscard]] json::object render_parameter(const CallContext& context,
                                            const embedded::StoredParameter& parameter);

/// The API's structure ParameterMetadata: without the value.
[[nodiscard]] json::object render_parameter_metadata(const CallContext& context,
                                                     const embedded::StoredParameter& parameter);

/// Names: 1 to 10 strings.
Result<std::vector<std::string>> read_parameter_names(const json::object& input);

}  // namespace dsdash::endpoint
