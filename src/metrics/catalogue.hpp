#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "metrics/metric.hpp"

namespace dsdash::metrics {

/// Every metric there is, by name. Lifetime: the program's.
[[nodiscard]] const std::vector<std::unique_ptr<Metric>>& catalogue();

/// nullptr when there is none of that name.
[[nodiscard]] const Metric* find_metric(std::string_view name);

/// The metrics that `names` ("A,B": a comma-separated list, spaces around names ignored) chooses,
/// in its order. malformed_input when it is empty, names one twice or names one that is not there;
/// the message lists those that are.
Result<std::vector<const Metric*>> choose_metrics(std::string_view names);

/// The catalogue's list: a new metric is a new file and a line here. The file of that name defines
/// the function of that name, which makes the metric.
#define DSDASH_METRICS(METRIC)          \
    METRIC(completed_training_jobs_24h) \
    METRIC(number_endpoints_in_service) \
    METRIC(ssm_param_store_value)       \
    METRIC(total_completed_training_jobs)

#define DSDASH_DECLARE_METRIC(make) std::unique_ptr<Metric> make();
DSDASH_METRICS(DSDASH_DECLARE_METRIC)
#undef DSDASH_DECLARE_METRIC

}  // namespace dsdash::metrics
