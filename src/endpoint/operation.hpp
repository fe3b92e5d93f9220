#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/json.hpp"
#include "embedded/accounts/account.hpp"
#include "embedded/accounts/home.hpp"
#include "services/clock.hpp"

namespace dsdash::embedded {
class DeliveryEngine;
class FunctionRuntime;
}  // namespace dsdash::embedded

namespace dsdash::endpoint {

/// What an operation may use. One for each call.
struct CallContext {
    embedded::Home& home;
    embedded::Account& account;  ///< whose credentials signed the call
    embedded::FunctionRuntime& functions;
    embedded::DeliveryEngine& deliveries;
    const Clock& clock;
    std::string principal_arn;  ///< who calls: the account's user, or the function's role
    /// What an operation that fails says beside code and message, where its API has more.
    json::object error_fields = {};
};

/// One operation: input and output as AWS's API reference spells them. An error names the field.
using Operation = Result<json::object> (*)(CallContext& context, const json::object& input);

/// The ARNs that an IAM policy is asked about, each of which it has to allow: one at least. nullptr
/// in the table stands for "*".
using ResourcesOf = std::vector<std::string> (*)(const CallContext& context,
                                                 const json::object& input);

struct OperationEntry {
    std::string_view name;  ///< "PutParameter"; the IAM action is "<iam_prefix>:<name>"
    Operation run;
    ResourcesOf resources = nullptr;
    std::string_view iam_action = {};  ///< when it is not the name: Invoke is lambda:InvokeFunction
    bool needs_permission = true;
};

/// One AWS service: one of these a file, found through all_services().
struct Service {
    std::string_view name;  ///< signing name: "ssm"
    std::string_view
        target_prefix;              ///< of X-Amz-Target, without the dot; empty: not a JSON service
    std::string_view json_version;  ///< "1.0" or "1.1"
    std::string_view
        error_prefix;  ///< before the code in __type, e.g. "com.amazonaws.dynamodb.v20120810#"
    std::span<const OperationEntry> operations;
};

const Service& ssm_service();
const Service& events_service();
const Service& lambda_service();
const Service& dynamodb_service();
const Service& sagemaker_service();
const Service& sts_service();
const Service& dsdash_service();

[[nodiscard]] std::span<const Service* const> all_services();
/// nullptr when there is none.
[[nodiscard]] const Service* find_service(std::string_view signing_name);
[[nodiscard]] const OperationEntry* find_operation(const Service& service, std::string_view name);

}  // namespace dsdash::endpoint
