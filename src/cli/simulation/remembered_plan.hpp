#pragma once

#include "services/aws_api.hpp"
#include "simulation/plan.hpp"

namespace dsdash::cli {

/// The parameter in which a hub keeps what its simulated fleet follows from.
inline constexpr std::string_view kPlanParameter = "/simulation/plan";

/// `wanted`, with the end of the fleet that the hub has already, so that the same fleet goes on
/// instead of another one that contradicts it. A hub without one keeps `wanted`. conflict when the
/// hub's fleet differs in more than that; the hint says how to continue it.
Result<simulation::Plan> remember_plan(AwsApi& hub, const simulation::Plan& wanted);

}  // namespace dsdash::cli
