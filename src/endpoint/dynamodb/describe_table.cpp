#include <fmt/format.h>

#include <algorithm>

#include "domain/arn.hpp"
#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/item_table.hpp"
#include "endpoint/dynamodb/operations.hpp"
#include "endpoint/dynamodb/request_fields.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::int64_t kTablesMax = 100;  // API reference, ListTables

json::array key_schema(const KeySchema& key) {
    return {json::object{{"AttributeName", key.hash}, {"KeyType", "HASH"}},
            json::object{{"AttributeName", key.range}, {"KeyType", "RANGE"}}};
}

json::array attribute_definitions(const TableSchema& schema) {
    json::array definitions;
    const auto define = [&](std::string_view name) {
        definitions.push_back(json::object{{"AttributeName", name}, {"AttributeType", "S"}});
    };
    define(schema.key.hash);
    define(schema.key.range);
    // The index shares the table's range key.
    if (schema.index) define(schema.index->key.hash);
    return definitions;
}

json::object throughput() {
    return {{"NumberOfDecreasesToday", 0}, {"ReadCapacityUnits", 0}, {"WriteCapacityUnits", 0}};
}

json::object describe_index(const IndexSchema& index, std::string_view arn, std::int64_t count) {
    return {{"IndexName", index.name},
            {"KeySchema", key_schema(index.key)},
            {"Projection", json::object{{"ProjectionType", "ALL"}}},
            {"IndexStatus", "ACTIVE"},
            {"ProvisionedThroughput", throughput()},
            {"IndexSizeBytes", 0},
            {"ItemCount", count},
            {"IndexArn", fmt::format("{}/index/{}", arn, index.name)}};
}

}  // namespace

Result<json::object> list_tables(CallContext& context, const json::object& input) {
    RequestFields fields(input);
    const auto limit = fields.integer("Limit", 1, kTablesMax);
    const auto start = fields.text("ExclusiveStartTableName");
    if (auto finished = fields.finish(); !finished) return std::unexpected(finished.error());
    json::array names;
    for (const auto name : table_names()) {
        if (start && name <= *start) continue;
        auto table = open_table(context, name);
        if (!table && table.error().kind == ErrorKind::not_found) continue;
        if (!table) return std::unexpected(table.error());
        names.emplace_back(name);
    }
    json::object output;
    const auto names_max = static_cast<std::size_t>(limit.value_or(kTablesMax));
    if (names.size() > names_max) {
        names.resize(names_max);
        output["LastEvaluatedTableName"] = names.back();
    }
    output["TableNames"] = std::move(names);
    return output;
}

Result<json::object> describe_table(CallContext& context, const json::object& input) {
    RequestFields fields(input);
    const auto name = fields.table_name();
    if (auto finished = fields.finish(); !finished) return std::unexpected(finished.error());
    auto table = open_table(context, name);
    if (!table && table.error().kind == ErrorKind::not_found) {
        table.error().message =
            fmt::format("Requested resource not found: Table: {} not found", table_name_of(name));
    }
    if (!table) return std::unexpected(table.error());
    const auto& schema = (*table)->schema();
    auto created = (*table)->created_at();
    if (!created) return std::unexpected(created.error());
    auto count = (*table)->count();
    if (!count) return std::unexpected(count.error());

    const auto arn = table_arn(context.account.region(), context.account.id(), schema.name);
    json::object description{
        {"AttributeDefinitions", attribute_definitions(schema)},
        {"TableName", schema.name},
        {"KeySchema", key_schema(schema.key)},
        {"TableStatus", "ACTIVE"},
        {"CreationDateTime", to_epoch_seconds(*created)},
        {"ProvisionedThroughput", throughput()},
        {"TableSizeBytes", 0},
        {"ItemCount", *count},
        {"TableArn", arn},
        {"BillingModeSummary", json::object{{"BillingMode", "PAY_PER_REQUEST"}}},
        {"DeletionProtectionEnabled", false}};
    if (schema.index) {
        description["GlobalSecondaryIndexes"] =
            json::array{describe_index(*schema.index, arn, *count)};
    }
    return json::object{{"Table", std::move(description)}};
}

}  // namespace dsdash::endpoint::dynamodb
