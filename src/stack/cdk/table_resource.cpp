#include <set>

#include "domain/contract.hpp"
#include "stack/cdk/resources.hpp"

namespace dsdash::cdk {

namespace {

json::array key_schema(const stack::TableKey& key) {
    return {json::object{{"AttributeName", key.partition}, {"KeyType", "HASH"}},
            json::object{{"AttributeName", key.sort}, {"KeyType", "RANGE"}}};
}

/// Of the attributes in a key, each once; others have none.
json::array attribute_definitions(const stack::TableDeclaration& table) {
    std::set<std::string> names{table.key.partition, table.key.sort};
    if (table.index) names.insert({table.index->key.partition, table.index->key.sort});
    json::array definitions;
    for (const auto& name : names) {
        definitions.emplace_back(json::object{{"AttributeName", name}, {"AttributeType", "S"}});
    }
    return definitions;
}

json::array indexes(const stack::TableIndex& index) {
    json::array indexes;
    indexes.emplace_back(json::object{{"IndexName", index.name},
                                      {"KeySchema", key_schema(index.key)},
                                      {"Projection", json::object{{"ProjectionType", "ALL"}}}});
    return indexes;
}

}  // namespace

void add_table(TemplateBuilder& builder, const stack::TableDeclaration& table) {
    if (table.is_adopted) return;
    json::object properties{
        {"TableName", table.name},
        {"AttributeDefinitions", attribute_definitions(table)},
        {"KeySchema", key_schema(table.key)},
        {"BillingMode", "PAY_PER_REQUEST"},
        {"PointInTimeRecoverySpecification", json::object{{"PointInTimeRecoveryEnabled", true}}},
        {"SSESpecification", json::object{{"SSEEnabled", true}}}};
    if (table.index) properties["GlobalSecondaryIndexes"] = indexes(*table.index);
    if (table.retention) {
        properties["TimeToLiveSpecification"] =
            json::object{{"AttributeName", contract::kExpirationAttribute}, {"Enabled", true}};
    }
    const auto* policy = table.is_deleted_with_stack ? "Delete" : "Retain";
    builder.add_resource(table_path(table.name), "AWS::DynamoDB::Table", std::move(properties),
                         {{"DeletionPolicy", policy}, {"UpdateReplacePolicy", policy}});
}

}  // namespace dsdash::cdk
