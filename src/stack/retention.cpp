#include "stack/retention.hpp"

#include <fmt/format.h>

#include <charconv>

namespace dsdash::stack {

namespace {

constexpr const char* kRetentionKey = "retention_days";
constexpr int kDaysMax = 36'500;  // a century: a larger number is a slip

}  // namespace

ContextKey retention_key() {
    return {kRetentionKey, "how many days metric records are kept; for ever when absent"};
}

Result<std::optional<int>> read_retention_days(const StackContext& context) {
    const auto text = optional_value(context, kRetentionKey);
    if (!text) return std::nullopt;
    int days = 0;
    const auto* const end = text->data() + text->size();
    const auto parsed = std::from_chars(text->data(), end, days);
    if (parsed.ec != std::errc{} || parsed.ptr != end || days < 1 || days > kDaysMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("context {} must be a number of days from 1 to {}", kRetentionKey,
                                kDaysMax));
    }
    return days;
}

}  // namespace dsdash::stack
