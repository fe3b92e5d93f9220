#include "endpoint/events/page_limit.hpp"

#include <fmt/format.h>

#include "endpoint/page_token.hpp"

namespace dsdash::endpoint {

Result<PageLimit> read_page_limit(const json::object& input, std::string_view scope) {
    constexpr std::int64_t kLimitMax = 100;
    auto limit = optional_integer(input, "Limit");
    if (!limit) return std::unexpected(std::move(limit.error()));
    const auto items_max = limit->value_or(kLimitMax);
    if (items_max < 1 || items_max > kLimitMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("Limit must lie between 1 and {}, not {}", kLimitMax, items_max));
    }
    auto token = optional_string(input, "NextToken");
    if (!token) return std::unexpected(std::move(token.error()));
    PageLimit page{"", static_cast<std::size_t>(items_max)};
    if (*token) {
        auto after = read_page_token(scope, **token);
        if (!after) return std::unexpected(std::move(after.error()));
        page.after = std::move(*after);
    }
    return page;
}

}  // namespace dsdash::endpoint
