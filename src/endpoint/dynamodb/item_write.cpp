#include "endpoint/dynamodb/item_write.hpp"

#include <fmt/format.h>

#include "domain/contract.hpp"
#include "endpoint/dynamodb/capacity.hpp"
#include "endpoint/dynamodb/condition_evaluator.hpp"
#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/item_key.hpp"
#include "endpoint/dynamodb/record_item.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::size_t kItemBytesMax = 400 * 1024;  // developer guide, "Quotas"

}  // namespace

Result<MetricRecord> read_record(const json::value& item, const TableSchema& schema) {
    auto read = read_item(item);
    if (!read) return std::unexpected(read.error());
    if (item_size_bytes(*read) > kItemBytesMax) {
        return invalid("Item size has exceeded the maximum allowed size");
    }
    if (auto checked = check_key_of(*read, schema); !checked) {
        return std::unexpected(checked.error());
    }
    return to_record(*read);
}

Result<std::optional<embedded::RecordKey>> read_record_key(const json::value& key,
                                                           const TableSchema& schema) {
    auto read = read_key(key, schema.key);
    if (!read) return std::unexpected(read.error());
    return record_key(*read);
}

Result<std::unique_ptr<ItemTable>> open_for_writing(CallContext& context, std::string_view name) {
    auto table = open_table(context, name);
    if (table && (*table)->schema().name != contract::kHubTable) {
        return invalid(
            fmt::format("{} is read-only through the API: the functions of the hub "
                        "write it",
                        (*table)->schema().name));
    }
    return table;
}

Result<WriteRequest> WriteRequest::read(const json::object& input, RequestFields& fields,
                                        std::string_view operation) {
    WriteRequest request;
    request.table_name = fields.table_name();
    request.capacity = read_capacity_choice(fields);
    const auto returned =
        fields.choice("ReturnValues", {"ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"});
    fields.choice("ReturnItemCollectionMetrics", {"SIZE", "NONE"});
    request.shows_item_on_failure =
        fields.choice("ReturnValuesOnConditionCheckFailure", {"ALL_OLD", "NONE"}) == "ALL_OLD";
    fields.refuse_legacy({"Expected", "ConditionalOperator"});
    if (auto finished = fields.finish(); !finished) return std::unexpected(finished.error());
    if (returned && *returned != "ALL_OLD" && *returned != "NONE") {
        return invalid(operation == "PutItem" ? "ReturnValues can only be ALL_OLD or NONE"
                                              : "Return values set to invalid value");
    }
    request.returns_old = returned == "ALL_OLD";
    if (auto used = check_has_expressions(input, {"ConditionExpression"}); !used) {
        return std::unexpected(used.error());
    }
    auto placeholders = Placeholders::read(input);
    if (!placeholders) return std::unexpected(placeholders.error());
    request.placeholders = *std::move(placeholders);
    auto condition = condition_at(input, "ConditionExpression", request.placeholders);
    if (!condition) return std::unexpected(condition.error());
    request.condition = *std::move(condition);
    if (auto used = request.placeholders.check_all_used(); !used) {
        return std::unexpected(used.error());
    }
    return request;
}

Result<std::optional<Item>> write_if_met(
    CallContext& context, const WriteRequest& request, const embedded::RecordKey& key,
    const std::function<Result<void>(embedded::RecordEditor&)>& write) {
    std::optional<Item> old_item;
    auto written =
        context.account.metric_table().edit([&](embedded::RecordEditor& editor) -> Result<void> {
            auto old_record = editor.find(key);
            if (!old_record) return std::unexpected(old_record.error());
            if (*old_record) old_item = to_item(**old_record);
            if (request.condition && !is_met(*request.condition, old_item.value_or(Item{}))) {
                if (request.shows_item_on_failure && old_item) {
                    context.error_fields["Item"] = *old_item;
                }
                return fail(ErrorKind::conflict, "The conditional request failed",
                            "ConditionalCheckFailedException");
            }
            return write(editor);
        });
    if (!written) return std::unexpected(written.error());
    return old_item;
}

json::object write_output(const WriteRequest& request, const TableSchema& schema,
                          const std::optional<Item>& old_item, std::size_t bytes) {
    json::object output;
    if (request.returns_old && old_item) output["Attributes"] = *old_item;
    add_capacity(output, request.capacity, schema.name, write_units(bytes));
    return output;
}

}  // namespace dsdash::endpoint::dynamodb
