#pragma once

#include "stack/context.hpp"

namespace dsdash::stack {

/// `retention_days=N`: how long the hub's table keeps a metric record.
[[nodiscard]] ContextKey retention_key();
/// 1-36,500; nothing when it is not given: records are kept for ever. malformed_input for anything
/// else.
Result<std::optional<int>> read_retention_days(const StackContext& context);

}  // namespace dsdash::stack
