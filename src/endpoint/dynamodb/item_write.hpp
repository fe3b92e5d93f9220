#pragma once

#include "embedded/hub_tables/record_table_edit.hpp"
#include "endpoint/dynamodb/expressions.hpp"
#include "endpoint/dynamodb/hub_table.hpp"
#include "endpoint/dynamodb/request_fields.hpp"

namespace dsdash::endpoint::dynamodb {

/// The record that an item stands for. ValidationException for an item without the table's key,
/// of more than 400 KB, or that is no metric record.
Result<MetricRecord> read_record(const json::value& item, const TableSchema& schema);
/// The record's key that a Key stands for; nothing when no record can have it.
Result<std::optional<embedded::RecordKey>> read_record_key(const json::value& key,
                                                           const TableSchema& schema);

/// The table to write to, if it may be written: not ds-dashboard-hub-state.
Result<std::unique_ptr<ItemTable>> open_for_writing(CallContext& context, std::string_view name);

/// What PutItem and DeleteItem have in common.
struct WriteRequest {
    std::string table_name;
    std::optional<std::string> capacity;
    bool returns_old = false;
    bool shows_item_on_failure = false;  ///< of the condition
    Placeholders placeholders;           ///< what the condition points into
    std::optional<Node> condition;

    static Result<WriteRequest> read(const json::object& input, RequestFields& fields,
                                     std::string_view operation);
};

/// Runs `write` in one transaction with the item at `key` if that meets the request's condition;
/// ConditionalCheckFailedException if not, with the item if the request asks for it. The item that
/// stood there before, if one did.
Result<std::optional<Item>> write_if_met(
    CallContext& context, const WriteRequest& request, const embedded::RecordKey& key,
    const std::function<Result<void>(embedded::RecordEditor&)>& write);

/// The answer of PutItem and DeleteItem. `bytes`: of the larger of the item before and after.
json::object write_output(const WriteRequest& request, const TableSchema& schema,
                          const std::optional<Item>& old_item, std::size_t bytes);

}  // namespace dsdash::endpoint::dynamodb
