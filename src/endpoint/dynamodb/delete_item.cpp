#include "endpoint/dynamodb/item_write.hpp"
#include "endpoint/dynamodb/operations.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

Result<void> remove(embedded::RecordEditor& editor, const embedded::RecordKey& key) {
    auto removed = editor.remove(key);
    if (!removed) return std::unexpected(removed.error());
    return {};
}

}  // namespace

Result<json::object> delete_item(CallContext& context, const json::object& input) {
    RequestFields fields(input);
    const auto* key_field = fields.value("Key", true);
    auto request = WriteRequest::read(input, fields, "DeleteItem");
    if (!request) return std::unexpected(request.error());
    auto table = open_for_writing(context, request->table_name);
    if (!table) return std::unexpected(table.error());
    const auto& schema = (*table)->schema();
    if (request->condition) {
        if (auto checked = check_key_paths(*request->condition, schema); !checked) {
            return std::unexpected(checked.error());
        }
    }
    auto key = read_record_key(*key_field, schema);
    if (!key) return std::unexpected(key.error());
    // A date that no record can have: as a key that nothing stands at.
    const auto wanted = key->value_or(embedded::RecordKey{});
    auto old_item = write_if_met(context, *request, wanted, [&](embedded::RecordEditor& editor) {
        return remove(editor, wanted);
    });
    if (!old_item) return std::unexpected(old_item.error());
    return write_output(*request, schema, *old_item, *old_item ? item_size_bytes(**old_item) : 0);
}

}  // namespace dsdash::endpoint::dynamodb
