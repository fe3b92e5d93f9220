#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Logical ids as aws-cdk-lib makes them (core/lib/private/uniqueid.ts), so that a table or
/// function that the Python reference deployed is updated and not replaced.
namespace dsdash::cdk {

/// Where a construct stands below its stack: {"ds-dashboard-hub-table", "Resource"}. Not empty.
using ConstructPath = std::vector<std::string>;

/// {"ds-dashboard-hub-table", "Resource"} -> "dsdashboardhubtable8E57CB07".
[[nodiscard]] std::string logical_id(const ConstructPath& path);

// What each kind of resource is called below its stack.
[[nodiscard]] ConstructPath table_path(std::string_view table);
[[nodiscard]] ConstructPath function_path(std::string_view function);
[[nodiscard]] ConstructPath function_role_path(std::string_view function);
[[nodiscard]] ConstructPath log_group_path(std::string_view function);
[[nodiscard]] ConstructPath role_path(std::string_view role);
[[nodiscard]] ConstructPath rule_path(std::string_view rule);
/// Of the permission that lets the rule start the function.
[[nodiscard]] ConstructPath invocation_path(std::string_view stack, std::string_view rule,
                                            std::string_view function);
[[nodiscard]] ConstructPath queue_path(std::string_view queue);
[[nodiscard]] ConstructPath queue_policy_path(std::string_view queue);

}  // namespace dsdash::cdk
