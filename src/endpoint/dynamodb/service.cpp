#include <fmt/format.h>

#include <array>

#include "domain/arn.hpp"
#include "endpoint/dynamodb/item_table.hpp"
#include "endpoint/dynamodb/operations.hpp"

namespace dsdash::endpoint {

namespace {

std::string arn_of(const CallContext& context, std::string_view name) {
    return table_arn(context.account.region(), context.account.id(), dynamodb::table_name_of(name));
}

std::string string_at(const json::object& input, std::string_view field) {
    return optional_string(input, field).value_or(std::nullopt).value_or("");
}

std::string arn_of_table(const CallContext& context, const json::object& input) {
    return arn_of(context, string_at(input, "TableName"));
}

std::vector<std::string> table(const CallContext& context, const json::object& input) {
    return {arn_of_table(context, input)};
}

std::vector<std::string> table_or_index(const CallContext& context, const json::object& input) {
    const auto index = string_at(input, "IndexName");
    const auto arn = arn_of_table(context, input);
    return {index.empty() ? arn : fmt::format("{}/index/{}", arn, index)};
}

/// Each of the tables; all where there are none, which the operation refuses.
std::vector<std::string> batch_tables(const CallContext& context, const json::object& input) {
    std::vector<std::string> arns;
    const auto* tables = input.if_contains("RequestItems");
    if (tables != nullptr && tables->is_object()) {
        for (const auto& [name, requests] : tables->get_object()) {
            arns.push_back(arn_of(context, name));
        }
    }
    if (arns.empty()) arns.push_back(arn_of(context, "*"));
    return arns;
}

constexpr std::array kOperations{
    OperationEntry{"ListTables", dynamodb::list_tables},
    OperationEntry{"DescribeTable", dynamodb::describe_table, table},
    OperationEntry{"GetItem", dynamodb::get_item, table},
    OperationEntry{"Query", dynamodb::query, table_or_index},
    OperationEntry{"Scan", dynamodb::scan, table_or_index},
    OperationEntry{"PutItem", dynamodb::put_item, table},
    OperationEntry{"DeleteItem", dynamodb::delete_item, table},
    OperationEntry{"BatchWriteItem", dynamodb::batch_write_item, batch_tables},
};

}  // namespace

const Service& dynamodb_service() {
    static constexpr Service kService{"dynamodb", "DynamoDB_20120810", "1.0",
                                      "com.amazonaws.dynamodb.v20120810#", kOperations};
    return kService;
}

}  // namespace dsdash::endpoint
