#pragma once

#include <chrono>
#include <optional>

#include "services/aws_api.hpp"

namespace dsdash::functions {

/// How often the hub asks its spokes by itself: the rate of its schedule's rule. Nothing when it
/// was deployed without one, when the rule is disabled, or when it is a cron() whose gaps differ.
/// Needs events:DescribeRule.
Result<std::optional<std::chrono::seconds>> read_refresh_interval(AwsApi& aws);

}  // namespace dsdash::functions
