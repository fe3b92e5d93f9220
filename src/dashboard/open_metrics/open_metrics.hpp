#pragma once

#include <string>

#include "dashboard/api/api.hpp"

namespace dsdash::dashboard {

/// GET /metrics: every series of every hub, how the hubs stand, and the program's own health, in
/// OpenMetrics' text format. docs/monitoring.md describes the families.
Result<std::string> render_open_metrics(const ApiContext& context);

}  // namespace dsdash::dashboard
