#pragma once

#include "services/aws_api.hpp"
#include "simulation/plan.hpp"

namespace dsdash::cli {

/// The parameter in which a hub keeps what its simulated fleet follows from.
inline constexpr std::string_view kPlanParameter = "/simulation/plan";

/// `wanted`, with the end of the fleet that the hub has already, so that the same fleet goes on
/// instead of another one that contradicts it. conflict when the hub's fleet differs in more than
/// that; the hint says how to continue it.
Result<simulation::Plan> recall_plan(AwsApi& hub, const simulation::Plan& wanted);

/// Keeps the plan for recall_plan(). To be done before the hub has any record of the fleet.
Result<void> keep_plan(AwsApi& hub, const simulation::Plan& plan);

}  // namespace dsdash::cli
