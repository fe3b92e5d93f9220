#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "embedded/parameters/parameter_table.hpp"
#include "endpoint/operation.hpp"

namespace dsdash::endpoint {

/// "name", "name:3" or "name:label".
struct SelectedName {
    std::string_view name;
    std::string_view selector;  ///< with the colon: ":3"; may be empty
};

[[nodiscard]] SelectedName split_selector(std::string_view text);

struct SelectedParameter {
    embedded::StoredParameter parameter;
    std::string selector;  ///< with the colon; may be empty
};

/// The parameter that `text` means: a name or an ARN of this account, either with a selector.
/// not_found with ParameterNotFound, or ParameterVersionNotFound when the parameter is there.
Result<SelectedParameter> find_selected(CallContext& context, std::string_view text);

}  // namespace dsdash::endpoint
