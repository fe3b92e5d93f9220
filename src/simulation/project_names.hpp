#pragma once

#include <cstddef>
#include <string>

#include "simulation/noise.hpp"

namespace dsdash::simulation {

/// The name of project `number` (from 0) of a fleet: [a-z-], different for each number that
/// kSpokesMax allows.
[[nodiscard]] std::string project_name(const Noise& noise, std::size_t number);

}  // namespace dsdash::simulation
