#include <fmt/format.h>

#include "domain/contract.hpp"
#include "embedded/bus/bus.hpp"
#include "endpoint/events/bus_name.hpp"
#include "endpoint/events/operations.hpp"

namespace dsdash::endpoint {

namespace {

/// The organization of a Condition; empty when there is none. API reference, Condition: only
/// StringEquals on aws:PrincipalOrgID is supported.
Result<std::string> read_organization(const json::object& input) {
    const auto* value = input.if_contains("Condition");
    if (value == nullptr || value->is_null()) return "";
    if (!value->is_object()) return fail(ErrorKind::malformed_input, "Condition must be an object");
    const auto& condition = value->get_object();
    auto type = required_string(condition, "Type");
    auto key = required_string(condition, "Key");
    auto organization = required_string(condition, "Value");
    for (const auto* field : {&type, &key, &organization}) {
        if (!*field) return std::unexpected(field->error());
    }
    if (*type != "StringEquals" || *key != "aws:PrincipalOrgID" || organization->empty()) {
        return fail(ErrorKind::malformed_input,
                    "Condition must be StringEquals of aws:PrincipalOrgID and an organization");
    }
    return organization;
}

Result<embedded::BusPolicy::Permission> read_permission(const json::object& input) {
    auto statement_id = required_string(input, "StatementId");
    auto principal = required_string(input, "Principal");
    auto action = required_string(input, "Action");
    auto organization = read_organization(input);
    for (const auto* field : {&statement_id, &principal, &action, &organization}) {
        if (!*field) return std::unexpected(field->error());
    }
    return embedded::BusPolicy::Permission{.statement_id = std::move(*statement_id),
                                           .principal = std::move(*principal),
                                           .action = std::move(*action),
                                           .organization_id = std::move(*organization)};
}

Result<void> change_policy(embedded::BusPolicy& policy, const json::object& input) {
    auto document = optional_string(input, "Policy");
    if (!document) return std::unexpected(std::move(document.error()));
    if (!*document) {
        auto permission = read_permission(input);
        if (!permission) return std::unexpected(std::move(permission.error()));
        return policy.put(*permission);
    }
    for (const auto* field : {"StatementId", "Principal", "Action", "Condition"}) {
        if (input.contains(field)) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("{} cannot be given together with Policy", field));
        }
    }
    return policy.replace(**document);
}

}  // namespace

Result<json::object> put_permission(CallContext& context, const json::object& input) {
    auto changed = require_own_bus(context, input);
    if (changed) changed = change_policy(context.account.bus().policy(), input);
    if (!changed) return std::unexpected(std::move(changed.error()));
    return json::object{};
}

Result<json::object> remove_permission(CallContext& context, const json::object& input) {
    if (auto bus = require_own_bus(context, input); !bus) {
        return std::unexpected(std::move(bus.error()));
    }
    auto all = optional_bool(input, "RemoveAllPermissions");
    if (!all) return std::unexpected(std::move(all.error()));
    auto statement_id = optional_string(input, "StatementId");
    if (!statement_id) return std::unexpected(std::move(statement_id.error()));
    if (!all->value_or(false) && !*statement_id) {
        return fail(ErrorKind::malformed_input, "StatementId or RemoveAllPermissions is required");
    }
    auto& policy = context.account.bus().policy();
    auto removed = all->value_or(false) ? policy.remove_all() : policy.remove(**statement_id);
    if (!removed) return std::unexpected(std::move(removed.error()));
    return json::object{};
}

Result<json::object> describe_event_bus(CallContext& context, const json::object& input) {
    if (auto bus = require_own_bus(context, input, "Name"); !bus) {
        return std::unexpected(std::move(bus.error()));
    }
    auto policy = context.account.bus().policy().text();
    if (!policy) return std::unexpected(std::move(policy.error()));
    json::object output{{"Name", contract::kDefaultBus}, {"Arn", own_bus_arn(context)}};
    if (*policy) output["Policy"] = **policy;
    return output;
}

}  // namespace dsdash::endpoint
