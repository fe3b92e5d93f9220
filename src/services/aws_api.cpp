#include "services/aws_api.hpp"

#include <fmt/format.h>

#include <unordered_set>

namespace dsdash {

namespace {

/// Far above any list this program reads (10,000 pages of 100), far below for ever.
constexpr std::size_t kPagesMax = 10'000;

std::unexpected<Error> broken_paging(std::string_view service, std::string_view operation,
                                     std::string_view what) {
    return fail(ErrorKind::internal, fmt::format("{} {}: {}", service, operation, what));
}

Result<void> visit_page(const json::object& page, const Paging& paging,
                        const std::function<Result<void>(const json::object&)>& visit) {
    const auto items = optional_array(page, paging.items);
    if (!items) {
        return std::unexpected(items.error());
    }
    if (*items == nullptr) {
        return {};
    }
    for (const auto& item : **items) {
        if (!item.is_object()) {
            return fail(ErrorKind::internal,
                        fmt::format("{} must hold objects in every place", paging.items));
        }
        if (auto visited = visit(item.get_object()); !visited) {
            return visited;
        }
    }
    return {};
}

}  // namespace

Result<void> for_each_item(AwsApi& api, std::string_view service, std::string_view operation,
                           json::object input, const Paging& paging,
                           const std::function<Result<void>(const json::object&)>& visit) {
    std::unordered_set<std::string> seen_tokens;
    for (std::size_t pages = 0; pages < kPagesMax; ++pages) {
        const auto page = api.call(service, operation, input);
        if (!page) {
            return std::unexpected(page.error());
        }
        if (auto visited = visit_page(*page, paging, visit); !visited) {
            return visited;
        }
        const auto token = optional_string(*page, paging.token_out);
        if (!token) {
            return std::unexpected(token.error());
        }
        if (!*token || (*token)->empty()) {
            return {};
        }
        if (!seen_tokens.insert(**token).second) {
            return broken_paging(service, operation, "the same NextToken came twice");
        }
        input[paging.token_in] = **token;
    }
    return broken_paging(service, operation, fmt::format("more than {} pages", kPagesMax));
}

}  // namespace dsdash
