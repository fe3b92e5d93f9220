#pragma once

#include "stack/context.hpp"
#include "stack/stack.hpp"

/// The hub's tables and what context says of them: `removal_policy=destroy` deletes what they hold
/// with the stack; `existing_table` (true for both, or one's name) adopts what an earlier stack
/// left; `retention_days` says how long the metric table keeps a record.
namespace dsdash::stack {

[[nodiscard]] std::vector<ContextKey> hub_table_keys();

/// malformed_input naming the key for another value, and for a table that is adopted and shall
/// then be deleted with the stack, or be changed by it.
Result<std::vector<TableDeclaration>> declare_hub_tables(const StackContext& context);

/// Whether a hub that was deployed with this context takes what its tables hold with it.
[[nodiscard]] bool deletes_tables(const std::map<std::string, std::string>& deployed_context);

}  // namespace dsdash::stack
