#pragma once

#include "simulation/fleet.hpp"

namespace dsdash::simulation {

/// Lets go wrong what make_fleet() promises, in as many different spokes as there are.
void tell_stories(Fleet& fleet);

}  // namespace dsdash::simulation
