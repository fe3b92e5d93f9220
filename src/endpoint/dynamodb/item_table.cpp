#include "endpoint/dynamodb/item_table.hpp"

#include "domain/contract.hpp"
#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/hub_table.hpp"
#include "endpoint/dynamodb/state_items.hpp"

namespace dsdash::endpoint::dynamodb {

bool SortRange::contains(std::string_view key) const {
    if (low_is_in ? key < low : key <= low) return false;
    return !high || (high_is_in ? key <= *high : key < *high);
}

std::vector<std::string_view> table_names() {
    return {contract::kHubStateTable, contract::kHubTable};
}

Result<std::unique_ptr<ItemTable>> open_table(CallContext& context, std::string_view name) {
    const auto table_name = table_name_of(name);
    std::unique_ptr<ItemTable> table;
    if (table_name == contract::kHubTable) {
        table = std::make_unique<HubTable>(context.account.metric_table());
    } else if (table_name == contract::kHubStateTable) {
        table = std::make_unique<StateItems>(context.account.hub_state(),
                                             context.account.metric_table());
    } else {
        return no_such_table();
    }
    auto created = table->created_at();
    if (!created) return std::unexpected(created.error());
    return table;
}

std::string_view table_name_of(std::string_view name_or_arn) {
    if (!name_or_arn.starts_with("arn:")) return name_or_arn;
    return name_or_arn.substr(name_or_arn.find('/') + 1);
}

Item key_of(const Item& item, const TableSchema& schema, bool by_index) {
    Item key{{schema.key.hash, item.at(schema.key.hash)},
             {schema.key.range, item.at(schema.key.range)}};
    if (by_index && schema.index) {
        key[schema.index->key.hash] = item.at(schema.index->key.hash);
        key[schema.index->key.range] = item.at(schema.index->key.range);
    }
    return key;
}

}  // namespace dsdash::endpoint::dynamodb
