#pragma once

#include "embedded/hub_tables/rollup.hpp"
#include "services/metric_browser.hpp"

namespace dsdash::embedded {

/// Ordered by series.
Result<std::vector<SeriesTrend>> read_trends(Database& database, std::int64_t project_id,
                                             TimePoint now);

}  // namespace dsdash::embedded
