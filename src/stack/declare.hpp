#pragma once

#include "stack/context.hpp"
#include "stack/stack.hpp"

namespace dsdash::stack {

/// ds-dashboard-hub-stack: tables, archive, refresh and connection functions. Context:
/// `connection`, `schedule` ("rate(1 hour)": ask the spokes by itself) and those of hub_tables.hpp.
/// malformed_input naming the key.
Result<Stack> declare_hub(const StackContext& context);

/// ds-dashboard-spoke-stack: extraction and connection functions. Context: `metrics`, `environment`
/// and `project_name`, all required, what the chosen metrics need, and `connection`.
/// malformed_input naming the key.
Result<Stack> declare_spoke(const StackContext& context);

Result<Stack> declare_stack(StackKind kind, const StackContext& context);

}  // namespace dsdash::stack
