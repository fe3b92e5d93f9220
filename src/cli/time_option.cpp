#include "cli/time_option.hpp"

namespace dsdash::cli {

Result<TimePoint> parse_time_option(const std::string& option, const std::string& text,
                                    TimePoint if_absent) {
    if (text.empty()) {
        return if_absent;
    }
    if (const auto time = parse_extraction_date(text)) {
        return *time;
    }
    if (const auto time = parse_iso8601(text)) {
        return *time;
    }
    return fail(ErrorKind::malformed_input,
                option + " must be like \"2026-11-23 12:00:00\" or 2026-11-23T12:00:00Z (UTC)");
}

}  // namespace dsdash::cli
