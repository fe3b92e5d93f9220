#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dsdash {

/// Whether the Condition operator `name` is one that is understood here: the String and Arn ones,
/// each also with IfExists. The set operators (ForAnyValue:, ForAllValues:) are not among them,
/// because a request carries one value for a key.
[[nodiscard]] bool is_condition_operator(std::string_view name);

/// Whether the condition `name` holds for context key `key` with one of `values` (or, if `name`
/// negates, with none of them). An absent key fails it, unless `name` negates or says IfExists.
/// `name` must be a condition operator.
[[nodiscard]] bool condition_holds(std::string_view name, std::string_view key,
                                   const std::vector<std::string>& values,
                                   const std::map<std::string, std::string>& context);

}  // namespace dsdash
