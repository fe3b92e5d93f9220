#include "domain/schedule_expression.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace dsdash {

namespace {

/// A year of minutes; a longer period is a slip of the pen.
constexpr int kPeriodMinutesMax = 366 * 24 * 60;

constexpr std::array<std::pair<std::string_view, int>, 3> kMinutesOfUnit{{
    {"minute", 1},
    {"hour", 60},
    {"day", 24 * 60},
}};

std::unexpected<Error> refuse(std::string_view text) {
    return fail(ErrorKind::malformed_input,
                fmt::format("Parameter ScheduleExpression is not valid: {} is not "
                            "rate(1 minute|hour|day) or rate(n minutes|hours|days)",
                            text));
}

}  // namespace

Result<ScheduleExpression> ScheduleExpression::parse(std::string_view text) {
    std::string_view rest = text;
    constexpr std::string_view kOpening = "rate(";
    if (!rest.starts_with(kOpening) || !rest.ends_with(')')) return refuse(text);
    rest.remove_prefix(kOpening.size());
    rest.remove_suffix(1);

    int count = 0;
    const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
    if (code != std::errc{} || count < 1 || end == rest.data() + rest.size() || *end != ' ') {
        return refuse(text);
    }
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);
    if (count > 1) {
        if (!rest.ends_with('s')) return refuse(text);
        rest.remove_suffix(1);
    }
    for (const auto& [unit, minutes] : kMinutesOfUnit) {
        if (rest == unit && count <= kPeriodMinutesMax / minutes) {
            return ScheduleExpression(std::chrono::minutes(count * minutes));
        }
    }
    return refuse(text);
}

TimePoint ScheduleExpression::next_after(TimePoint last, TimePoint now) const {
    const TimePoint next = last + period_;
    if (next > now) return next;
    const auto missed = (now - last) / period_;
    return last + (missed + 1) * period_;
}

}  // namespace dsdash
