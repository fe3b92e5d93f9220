#pragma once

#include <functional>

#include "domain/metric_record.hpp"
#include "services/hub_state.hpp"
#include "simulation/fleet.hpp"

namespace dsdash::simulation {

/// Gives each record of a spoke to `take`, extraction by extraction; ends early with its error.
/// Records have no event id.
Result<void> for_each_record(const Fleet& fleet, const Spoke& spoke,
                             const std::function<Result<void>(MetricRecord)>& take);

/// How many there are.
[[nodiscard]] std::int64_t count_records(const Fleet& fleet, const Spoke& spoke);

/// What the spoke said at the end of its last extraction, in whole seconds, without a fetch id;
/// nothing if it had none.
[[nodiscard]] std::optional<ExtractionReport> last_report(const Fleet& fleet, const Spoke& spoke);

}  // namespace dsdash::simulation
