#include "aws/conditional_write.hpp"

namespace dsdash::aws {

namespace {

Result<bool> write_if(AwsApi& api, std::string_view operation, const json::object& input) {
    auto output = api.call("dynamodb", operation, input);
    if (output) return true;
    if (output.error().code == "ConditionalCheckFailedException") return false;
    return std::unexpected(std::move(output.error()));
}

}  // namespace

Result<bool> put_if(AwsApi& api, std::string_view table, const items::Item& item,
                    std::string_view condition, json::object values) {
    json::object input{{"TableName", table}, {"Item", item}, {"ConditionExpression", condition}};
    if (!values.empty()) input["ExpressionAttributeValues"] = std::move(values);
    return write_if(api, "PutItem", input);
}

Result<bool> update_if(AwsApi& api, const json::object& input) {
    return write_if(api, "UpdateItem", input);
}

}  // namespace dsdash::aws
