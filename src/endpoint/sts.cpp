#include <array>

#include "endpoint/operation.hpp"

namespace dsdash::endpoint {

namespace {

// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
Result<json::object> get_caller_identity(CallContext& context, const json::object&) {
    return json::object{{"UserId", context.account.identity().access_key_id},
                        {"Account", context.account.id().text()},
                        {"Arn", context.principal_arn}};
}

constexpr std::array kOperations{OperationEntry{
    .name = "GetCallerIdentity", .run = get_caller_identity, .needs_permission = false}};

}  // namespace

const Service& sts_service() {
    static constexpr Service kService{"sts", "", "", "", kOperations};
    return kService;
}

}  // namespace dsdash::endpoint
