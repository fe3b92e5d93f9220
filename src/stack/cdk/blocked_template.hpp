#pragma once

#include "domain/json.hpp"

namespace dsdash::cdk {

/// Stands for a stack that cannot be rendered. Nobody can deploy it, not even one who has the CDK
/// CLI ignore errors, and so it changes nothing of what is there.
[[nodiscard]] json::object render_blocked_template();

}  // namespace dsdash::cdk
