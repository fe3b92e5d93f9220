#include <algorithm>

#include "endpoint/dynamodb/item_write.hpp"
#include "endpoint/dynamodb/operations.hpp"
#include "endpoint/dynamodb/record_item.hpp"

namespace dsdash::endpoint::dynamodb {

Result<json::object> put_item(CallContext& context, const json::object& input) {
    RequestFields fields(input);
    const auto* item = fields.value("Item", true);
    auto request = WriteRequest::read(input, fields, "PutItem");
    if (!request) return std::unexpected(request.error());
    auto table = open_for_writing(context, request->table_name);
    if (!table) return std::unexpected(table.error());
    const auto& schema = (*table)->schema();
    if (request->condition) {
        if (auto checked = check_key_paths(*request->condition, schema); !checked) {
            return std::unexpected(checked.error());
        }
    }
    auto record = read_record(*item, schema);
    if (!record) return std::unexpected(record.error());
    auto old_item =
        write_if_met(context, *request, {record->series.metric_name, record->extraction_date},
                     [&](embedded::RecordEditor& editor) { return editor.put(*record); });
    if (!old_item) return std::unexpected(old_item.error());
    return write_output(
        *request, schema, *old_item,
        std::max(item_size_bytes(to_item(*record)), *old_item ? item_size_bytes(**old_item) : 0));
}

}  // namespace dsdash::endpoint::dynamodb
