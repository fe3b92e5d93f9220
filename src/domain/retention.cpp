#include "domain/retention.hpp"

#include <fmt/format.h>

#include <charconv>

namespace dsdash {

namespace {

constexpr int kDaysMax = 36'500;

}  // namespace

Result<std::chrono::days> parse_retention_days(std::string_view text) {
    int days = 0;
    const auto* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, days);
    if (parsed.ec != std::errc{} || parsed.ptr != end || days < 1 || days > kDaysMax) {
        return fail(
            ErrorKind::malformed_input,
            fmt::format("must be a number of days from 1 to {}, not \"{}\"", kDaysMax, text));
    }
    return std::chrono::days(days);
}

}  // namespace dsdash
