#include "endpoint/sagemaker/list_query.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "endpoint/page_token.hpp"

namespace dsdash::endpoint {

namespace {

using embedded::LedgerQuery;

constexpr std::int64_t kResultsMax = 100;
constexpr std::int64_t kResultsDefault = 10;
constexpr std::size_t kNameContainsMax = 63;

std::unexpected<Error> refuse(std::string message) {
    return fail(ErrorKind::malformed_input, std::move(message), "ValidationException");
}

/// The value of an enumerated field; empty when absent.
Result<std::string> read_choice(const json::object& input, std::string_view field,
                                std::string_view choices) {
    auto value = optional_string(input, field);
    if (!value) return std::unexpected(value.error());
    if (!*value) return std::string();
    const bool is_one_word = !(*value)->empty() && (*value)->find(' ') == std::string::npos;
    if (!is_one_word ||
        fmt::format(" {} ", choices).find(fmt::format(" {} ", **value)) == std::string::npos) {
        return refuse(fmt::format("{} must be one of {}, not '{}'", field, choices, **value));
    }
    return **std::move(value);
}

Result<std::optional<TimePoint>> read_time(const json::object& input, std::string_view field) {
    const json::value* value = input.if_contains(field);
    if (value == nullptr || value->is_null()) return std::nullopt;
    json::error_code not_a_number;
    const double seconds = value->to_number<double>(not_a_number);
    if (not_a_number) return refuse(fmt::format("{} must be a time in epoch seconds", field));
    auto time = from_epoch_seconds(seconds);
    if (!time) return refuse(fmt::format("{}: {}", field, time.error().message));
    return *time;
}

Result<void> read_times(const json::object& input, LedgerQuery& query) {
    for (auto [field, member] :
         {std::pair{"CreationTimeAfter", &LedgerQuery::created_after},
          std::pair{"CreationTimeBefore", &LedgerQuery::created_before},
          std::pair{"LastModifiedTimeAfter", &LedgerQuery::modified_after},
          std::pair{"LastModifiedTimeBefore", &LedgerQuery::modified_before}}) {
        auto time = read_time(input, field);
        if (!time) return std::unexpected(time.error());
        query.*member = *time;
    }
    return {};
}

Result<void> read_name_contains(const json::object& input, LedgerQuery& query) {
    auto part = optional_string(input, "NameContains");
    if (!part) return std::unexpected(part.error());
    query.name_contains = part->value_or("");
    const bool is_part = std::ranges::all_of(query.name_contains, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-';
    });
    if (!is_part || query.name_contains.size() > kNameContainsMax) {
        return refuse(fmt::format("NameContains must be at most {} letters, digits and hyphens",
                                  kNameContainsMax));
    }
    return {};
}

Result<void> read_order(const json::object& input, const ListOperation& operation,
                        LedgerQuery& query) {
    auto sort_by = read_choice(input, "SortBy", "Name CreationTime Status");
    if (!sort_by) return std::unexpected(sort_by.error());
    if (*sort_by == "Name") query.sort_by = LedgerQuery::SortBy::name;
    if (*sort_by == "Status") query.sort_by = LedgerQuery::SortBy::status;
    auto order = read_choice(input, "SortOrder", "Ascending Descending");
    if (!order) return std::unexpected(order.error());
    query.descending = order->empty() ? operation.descending : *order == "Descending";
    return {};
}

/// A position means something in one order of one list.
std::string token_scope(const ListOperation& operation, const LedgerQuery& query) {
    return fmt::format("{} {} {}", operation.name, static_cast<int>(query.sort_by),
                       query.descending);
}

Result<void> read_page(const json::object& input, const ListOperation& operation,
                       LedgerQuery& query) {
    auto results = optional_integer(input, "MaxResults");
    if (!results) return std::unexpected(results.error());
    const std::int64_t size = results->value_or(kResultsDefault);
    if (size < 1 || size > kResultsMax) {
        return refuse(
            fmt::format("MaxResults must lie between 1 and {}, not {}", kResultsMax, size));
    }
    query.size_max = static_cast<std::size_t>(size);
    auto token = optional_string(input, "NextToken");
    if (!token) return std::unexpected(token.error());
    // The model allows an empty token, and clients that copy an absent one send it.
    if (token->value_or("").empty()) return {};
    auto position = read_page_token(token_scope(operation, query), **token);
    if (!position) return refuse(position.error().message);
    query.after = *std::move(position);
    return {};
}

}  // namespace

Result<LedgerQuery> read_list_query(const json::object& input, const ListOperation& operation) {
    LedgerQuery query;
    auto status = read_choice(input, "StatusEquals", operation.statuses);
    if (!status) return std::unexpected(status.error());
    query.status = *std::move(status);
    if (auto read = read_name_contains(input, query); !read) return std::unexpected(read.error());
    if (auto read = read_times(input, query); !read) return std::unexpected(read.error());
    if (auto read = read_order(input, operation, query); !read) {
        return std::unexpected(read.error());
    }
    if (auto read = read_page(input, operation, query); !read) {
        return std::unexpected(read.error());
    }
    return query;
}

std::string list_token(const ListOperation& operation, const LedgerQuery& query,
                       std::string_view position) {
    return make_page_token(token_scope(operation, query), position);
}

}  // namespace dsdash::endpoint
