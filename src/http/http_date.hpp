#pragma once

#include <optional>
#include <string_view>

#include "domain/utc_time.hpp"

namespace dsdash::http {

/// Reads the Date field of a message, "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7);
/// nothing for anything else, the obsolete forms included.
[[nodiscard]] std::optional<TimePoint> parse_http_date(std::string_view text);

}  // namespace dsdash::http
