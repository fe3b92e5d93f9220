#include "endpoint/dynamodb/capacity.hpp"
#include "endpoint/dynamodb/expressions.hpp"
#include "endpoint/dynamodb/item_key.hpp"
#include "endpoint/dynamodb/operations.hpp"
#include "endpoint/dynamodb/request_fields.hpp"

namespace dsdash::endpoint::dynamodb {

Result<json::object> get_item(CallContext& context, const json::object& input) {
    RequestFields fields(input);
    const auto table_name = fields.table_name();
    const auto* key_field = fields.value("Key", true);
    const bool is_consistent = fields.flag("ConsistentRead", false);
    const auto capacity = read_capacity_choice(fields);
    fields.refuse_legacy({"AttributesToGet"});
    if (auto finished = fields.finish(); !finished) return std::unexpected(finished.error());
    if (auto used = check_has_expressions(input, {"ProjectionExpression"}); !used) {
        return std::unexpected(used.error());
    }
    auto placeholders = Placeholders::read(input);
    if (!placeholders) return std::unexpected(placeholders.error());
    auto projection = projection_of(input, *placeholders);
    if (!projection) return std::unexpected(projection.error());
    if (auto used = placeholders->check_all_used(); !used) return std::unexpected(used.error());

    auto table = open_table(context, table_name);
    if (!table) return std::unexpected(table.error());
    const auto& schema = (*table)->schema();
    auto key = read_key(*key_field, schema.key);
    if (!key) return std::unexpected(key.error());
    if (*projection) {
        if (auto checked = check_key_paths(**projection, schema); !checked) {
            return std::unexpected(checked.error());
        }
    }
    auto item = (*table)->get(*key);
    if (!item) return std::unexpected(item.error());

    json::object output;
    if (*item) output["Item"] = *projection ? project(**projection, **item) : **item;
    add_capacity(output, capacity, schema.name,
                 read_units(*item ? item_size_bytes(**item) : 0, is_consistent));
    return output;
}

}  // namespace dsdash::endpoint::dynamodb
