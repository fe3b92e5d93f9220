#include <set>
#include <variant>

#include "endpoint/dynamodb/capacity.hpp"
#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/item_write.hpp"
#include "endpoint/dynamodb/operations.hpp"
#include "endpoint/dynamodb/record_item.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::size_t kRequestsMax = 25;  // API reference, BatchWriteItem

/// A record to put, or the key of one to delete.
using Write = std::variant<MetricRecord, embedded::RecordKey>;

embedded::RecordKey key_of(const Write& write) {
    if (const auto* record = std::get_if<MetricRecord>(&write)) {
        return {record->series.metric_name, record->extraction_date};
    }
    return std::get<embedded::RecordKey>(write);
}

Result<const json::value*> member_of(const json::object& request, std::string_view name,
                                     std::string_view field) {
    const auto& member = request.at(name);
    if (!member.is_object()) return unserializable("Unexpected field type");
    const auto* value = member.get_object().if_contains(field);
    if (value == nullptr) {
        return invalid(
            "1 validation error detected: Value null at 'requestItems' failed to satisfy "
            "constraint: Member must not be null");
    }
    return value;
}

Result<Write> read_write(const json::value& value, const TableSchema& schema) {
    if (!value.is_object()) return unserializable("Unexpected value type in payload");
    const auto& request = value.get_object();
    const bool puts = request.contains("PutRequest");
    if (puts == request.contains("DeleteRequest")) {
        return invalid(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of "
            "the supported datatypes");
    }
    auto content = puts ? member_of(request, "PutRequest", "Item")
                        : member_of(request, "DeleteRequest", "Key");
    if (!content) return std::unexpected(content.error());
    if (puts) {
        auto record = read_record(**content, schema);
        if (!record) return std::unexpected(record.error());
        return *std::move(record);
    }
    auto key = read_record_key(**content, schema);
    if (!key) return std::unexpected(key.error());
    // A date that no record can have: as a key that nothing stands at.
    return key->value_or(embedded::RecordKey{});
}

Result<std::vector<Write>> read_writes(const json::value& requests, const TableSchema& schema) {
    if (!requests.is_array()) return unserializable("Unexpected field type");
    std::vector<Write> writes;
    std::set<embedded::RecordKey> keys;
    for (const auto& request : requests.get_array()) {
        auto write = read_write(request, schema);
        if (!write) return std::unexpected(write.error());
        if (!keys.insert(key_of(*write)).second) {
            return invalid("Provided list of item keys contains duplicates");
        }
        writes.push_back(*std::move(write));
    }
    return writes;
}

Result<void> run(embedded::RecordEditor& editor, const std::vector<Write>& writes) {
    for (const auto& write : writes) {
        if (const auto* record = std::get_if<MetricRecord>(&write)) {
            if (auto put = editor.put(*record); !put) return put;
        } else if (auto removed = editor.remove(key_of(write)); !removed) {
            return std::unexpected(removed.error());
        }
    }
    return {};
}

/// RequestItems within its bounds: the tables' names and their requests.
Result<const json::object*> check_request_items(const json::value& request_items) {
    if (!request_items.is_object()) return unserializable("Unexpected field type");
    const auto& tables = request_items.get_object();
    std::size_t count = 0;
    for (const auto& [name, requests] : tables) {
        count += requests.is_array() ? requests.get_array().size() : 1;
    }
    if (count == 0) {
        return invalid(
            "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy "
            "constraint: Member must have length greater than or equal to 1");
    }
    if (count > kRequestsMax) {
        return invalid("Too many items requested for the BatchWriteItem call");
    }
    return &tables;
}

}  // namespace

Result<json::object> batch_write_item(CallContext& context, const json::object& input) {
    RequestFields fields(input);
    const auto* request_items = fields.value("RequestItems", true);
    const auto capacity = read_capacity_choice(fields);
    fields.choice("ReturnItemCollectionMetrics", {"SIZE", "NONE"});
    if (auto finished = fields.finish(); !finished) return std::unexpected(finished.error());
    auto tables = check_request_items(*request_items);
    if (!tables) return std::unexpected(tables.error());

    std::vector<Write> writes;
    for (const auto& [name, requests] : **tables) {
        auto table = open_for_writing(context, name);
        if (!table) return std::unexpected(table.error());
        auto read = read_writes(requests, (*table)->schema());
        if (!read) return std::unexpected(read.error());
        std::ranges::move(*read, std::back_inserter(writes));
    }
    auto written = context.account.metric_table().edit(
        [&](embedded::RecordEditor& editor) { return run(editor, writes); });
    if (!written) return std::unexpected(written.error());
    json::object output{{"UnprocessedItems", json::object{}}};
    if (capacity && *capacity != "NONE") {
        output["ConsumedCapacity"] =
            json::array{json::object{{"TableName", (*tables)->begin()->key()},
                                     {"CapacityUnits", static_cast<double>(writes.size())}}};
    }
    return output;
}

}  // namespace dsdash::endpoint::dynamodb
