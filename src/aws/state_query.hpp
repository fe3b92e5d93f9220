#pragma once

#include <fmt/format.h>

#include <vector>

#include "items/item.hpp"
#include "services/aws_api.hpp"

namespace dsdash::aws {

/// All items of one StateKey of the hub's state table, by sort key, each read by `read_one`. An
/// item that is none of its kind is an internal error that names its SortKey.
template <class T>
Result<std::vector<T>> read_state(AwsApi& api, std::string_view table, std::string_view state_key,
                                  Result<T> (*read_one)(const items::Item&)) {
    std::vector<T> all;
    const auto read = for_each_item(
        api, "dynamodb", "Query",
        {{"TableName", table},
         {"KeyConditionExpression", "StateKey = :key"},
         {"ExpressionAttributeValues", {{":key", items::string_value(state_key)}}}},
        kItemPaging, [&](const items::Item& item) -> Result<void> {
            auto one = read_one(item);
            if (!one) {
                return fail(
                    ErrorKind::internal,
                    fmt::format("{}: the {} item \"{}\" cannot be read: {}", table, state_key,
                                items::text_at(item, "SortKey", "S"), one.error().message));
            }
            all.push_back(*std::move(one));
            return {};
        });
    if (!read) return std::unexpected(read.error());
    return all;
}

}  // namespace dsdash::aws
