#include "services/aws_api.hpp"

#include <fmt/format.h>

namespace dsdash {

namespace {

/// Far above any list this program reads (10,000 pages of 100), far below for ever.
constexpr std::size_t kPagesMax = 10'000;

}  // namespace

PagedCall::PagedCall(AwsApi& api, std::string_view service, std::string_view operation,
                     json::object input, const Paging& paging)
    : api_(api),
      service_(service),
      operation_(operation),
      input_(std::move(input)),
      paging_(paging) {}

Result<std::optional<json::array>> PagedCall::next() {
    if (is_at_end_) {
        return std::nullopt;
    }
    auto page = api_.call(service_, operation_, input_);
    if (!page) {
        return std::unexpected(std::move(page.error()));
    }
    if (auto taken = take_token(*page); !taken) {
        return std::unexpected(std::move(taken.error()));
    }
    const auto items = optional_array(*page, paging_.items);
    if (!items) {
        return std::unexpected(items.error());
    }
    if (*items == nullptr) {
        return json::array();
    }
    for (const auto& item : **items) {
        if (!item.is_object()) {
            return broken(fmt::format("{} must hold objects in every place", paging_.items));
        }
    }
    return std::move(page->at(paging_.items).get_array());
}

std::unexpected<Error> PagedCall::broken(std::string_view what) const {
    return fail(ErrorKind::internal, fmt::format("{} {}: {}", service_, operation_, what));
}

Result<void> PagedCall::take_token(const json::object& page) {
    const auto* token = page.if_contains(paging_.token_out);
    const auto* text = token == nullptr ? nullptr : token->if_string();
    if (token == nullptr || token->is_null() || (text != nullptr && text->empty())) {
        is_at_end_ = true;
        return {};
    }
    if (text == nullptr && !token->is_object()) {
        return broken(fmt::format("{} must be a string or an object", paging_.token_out));
    }
    if (!seen_tokens_.insert(json::serialize(*token)).second) {
        return broken(fmt::format("the same {} came twice", paging_.token_out));
    }
    if (seen_tokens_.size() >= kPagesMax) {
        return broken(fmt::format("more than {} pages", kPagesMax));
    }
    input_[paging_.token_in] = *token;
    return {};
}

Result<void> for_each_item(AwsApi& api, std::string_view service, std::string_view operation,
                           json::object input, const Paging& paging,
                           const std::function<Result<void>(const json::object&)>& visit) {
    PagedCall pages(api, service, operation, std::move(input), paging);
    while (true) {
        const auto page = pages.next();
        if (!page) {
            return std::unexpected(page.error());
        }
        if (!*page) {
            return {};
        }
        for (const auto& item : **page) {
            if (auto visited = visit(item.get_object()); !visited) {
                return visited;
            }
        }
    }
}

}  // namespace dsdash
