#pragma once

#include "domain/decimal.hpp"
#include "services/aws_api.hpp"

namespace dsdash::metrics {

/// How many training jobs ListTrainingJobs finds with `filter` (its input as the API spells it).
/// With StatusEquals a page is cut first and filtered then, so it may be short or empty and still
/// have a successor; every page is read.
Result<Decimal> count_training_jobs(AwsApi& api, json::object filter);

}  // namespace dsdash::metrics
