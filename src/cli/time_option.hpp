#pragma once

#include <string>

#include "domain/utc_time.hpp"

namespace dsdash::cli {

/// The time that an option says, in either form in which times are seen here, ExtractionDate's and
/// RFC 3339; `if_absent` for an empty text. malformed_input naming the option.
Result<TimePoint> parse_time_option(const std::string& option, const std::string& text,
                                    TimePoint if_absent);

}  // namespace dsdash::cli
