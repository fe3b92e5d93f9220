#pragma once

#include <string>
#include <vector>

#include "simulation/fleet.hpp"

namespace dsdash::cli {

/// What goes wrong in a fleet, for a person who wants to look for it there.
[[nodiscard]] std::vector<std::string> story_lines(const simulation::Fleet& fleet);

}  // namespace dsdash::cli
