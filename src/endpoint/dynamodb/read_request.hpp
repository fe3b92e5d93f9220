#pragma once

#include "endpoint/dynamodb/item_table.hpp"
#include "endpoint/dynamodb/projection.hpp"
#include "endpoint/dynamodb/request_fields.hpp"

namespace dsdash::endpoint::dynamodb {

/// What Query and Scan have in common.
struct ReadRequest {
    std::string table_name;
    std::optional<std::string> index_name;
    std::optional<std::int64_t> limit;  ///< of items looked at, before the filter
    bool is_consistent = false;
    std::optional<std::string> select;
    std::optional<std::string> capacity;
    const json::value* start_key = nullptr;  ///< ExclusiveStartKey, not yet read

    Placeholders placeholders;  ///< what the expressions below point into
    std::optional<Node> key_condition;
    std::optional<Node> filter;
    std::optional<Projection> projection;

    /// Reads `fields` of `input`; a KeyConditionExpression only when `has_key_condition`.
    static Result<ReadRequest> read(const json::object& input, RequestFields& fields,
                                    bool has_key_condition);
};

/// Whether the request's index and expressions fit the table; ValidationException if not.
Result<void> check_against_schema(const ReadRequest& request, const TableSchema& schema);

/// Gives the items behind `after`, in order: at most `limit`, fewer only at the end.
using FetchItems =
    std::function<Result<std::vector<Item>>(const std::optional<Item>& after, std::size_t limit)>;

/// Looks at items from `start` on up to the request's limit or 1 MB, and answers with those that
/// meet the filter, cut by the projection, and the key to go on behind.
Result<json::object> read_page(const ReadRequest& request, const TableSchema& schema,
                               std::optional<Item> start, const FetchItems& fetch);

}  // namespace dsdash::endpoint::dynamodb
