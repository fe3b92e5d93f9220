#pragma once

#include "domain/json.hpp"

namespace dsdash::pattern {

/// A slow, obvious matcher, for tests: written from the description of the dialect alone, without
/// regard to time. `pattern` must be valid, its addresses IPv4 networks within 10.0.0.0/8.
[[nodiscard]] bool reference_matches(const json::object& pattern, const json::object& event);

}  // namespace dsdash::pattern
