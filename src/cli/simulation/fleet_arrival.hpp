#pragma once

#include "cli/simulation/fleet_feed.hpp"
#include "cli/terminal/progress_line.hpp"
#include "services/aws_api.hpp"
#include "simulation/fleet.hpp"

namespace dsdash::cli {

/// How many records of the fleet's accounts, metrics and days the hub has.
Result<std::int64_t> count_in_hub(AwsApi& hub, const simulation::Fleet& fleet);

/// Waits until the hub has the reports with these fetch ids (feed_fleet()), and at least `records`
/// records of the fleet; how many it has. timed_out when nothing more has come for `patience`.
Result<std::int64_t> wait_for_fleet(AwsApi& hub, const simulation::Fleet& fleet,
                                    const FetchIds& fetch_ids, std::int64_t records,
                                    std::chrono::seconds patience, ProgressLine& progress);

}  // namespace dsdash::cli
