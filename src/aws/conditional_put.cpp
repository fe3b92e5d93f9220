#include "aws/conditional_put.hpp"

namespace dsdash::aws {

Result<bool> put_if(AwsApi& api, std::string_view table, const items::Item& item,
                    std::string_view condition, json::object values) {
    json::object input{{"TableName", table}, {"Item", item}, {"ConditionExpression", condition}};
    if (!values.empty()) input["ExpressionAttributeValues"] = std::move(values);
    auto output = api.call("dynamodb", "PutItem", input);
    if (output) return true;
    if (output.error().code == "ConditionalCheckFailedException") return false;
    return std::unexpected(std::move(output.error()));
}

}  // namespace dsdash::aws
