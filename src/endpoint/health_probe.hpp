#pragma once

#include <string>

namespace dsdash::endpoint {

/// Whether GET of `health_url` is answered with a status of 200 to 299 within a second. Only
/// addresses on this machine are asked (see embedded/ledger/loopback_url.hpp).
[[nodiscard]] bool answers_health_check(const std::string& health_url);

}  // namespace dsdash::endpoint
