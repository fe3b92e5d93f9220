#include "endpoint/local_aws_api.hpp"

#include <fmt/format.h>

#include <set>

namespace dsdash::endpoint {

namespace {

/// The roles that PutTargets or PutRule hands to EventBridge, in any place of the input.
void collect_passed_roles(const json::value& value, std::set<std::string>& roles) {
    if (const auto* array = value.if_array()) {
        for (const auto& element : *array) collect_passed_roles(element, roles);
    } else if (const auto* object = value.if_object()) {
        for (const auto& member : *object) {
            if (member.key() == "RoleArn" && member.value().is_string()) {
                roles.emplace(member.value().get_string());
            }
            collect_passed_roles(member.value(), roles);
        }
    }
}

Result<void> check_passed_roles(const FunctionRole& role, const json::object& input) {
    std::set<std::string> roles;
    collect_passed_roles(input, roles);
    for (const auto& passed : roles) {
        if (auto checked = role.check("iam:PassRole", passed); !checked) return checked;
    }
    return {};
}

Result<void> check_permission(const FunctionRole& role, const OperationEntry& entry,
                              std::string_view action, const CallContext& context,
                              const json::object& input) {
    if (!entry.needs_permission) return {};
    const auto resources = entry.resources == nullptr ? std::vector<std::string>{"*"}
                                                      : entry.resources(context, input);
    for (const auto& resource : resources) {
        if (auto checked = role.check(action, resource); !checked) return checked;
    }
    return {};
}

}  // namespace

LocalAwsApi::LocalAwsApi(const CallContext& context, const FunctionRole& role, TimePoint deadline)
    : context_(context), role_(role), deadline_(deadline) {
    context_.principal_arn = role.principal_arn();
}

Result<json::object> LocalAwsApi::call(std::string_view service, std::string_view operation,
                                       const json::object& input) {
    if (context_.clock.now() >= deadline_) {
        return fail(
            ErrorKind::timed_out,
            fmt::format("{}:{} was called after the function's time ran out", service, operation));
    }
    const auto* found = find_service(service);
    const auto* entry = found == nullptr ? nullptr : find_operation(*found, operation);
    if (entry == nullptr) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("there is no operation {} of {} here", operation, service),
                    "UnknownOperationException");
    }
    const auto action = entry->iam_action.empty() ? fmt::format("{}:{}", service, operation)
                                                  : std::string(entry->iam_action);
    if (auto checked = check_permission(role_, *entry, action, context_, input); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    if (auto checked = check_passed_roles(role_, input); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    return entry->run(context_, input);
}

}  // namespace dsdash::endpoint
