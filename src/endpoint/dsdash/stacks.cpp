#include <fmt/format.h>

#include "domain/contract.hpp"
#include "embedded/deployed/stack_ledger.hpp"
#include "endpoint/dsdash/operations.hpp"
#include "endpoint/dsdash/stack_deployment.hpp"
#include "stack/declare.hpp"

namespace dsdash::endpoint {

namespace {

Result<stack::StackKind> read_kind(const json::object& input) {
    const auto text = required_string(input, "Stack");
    if (!text) return std::unexpected(text.error());
    return stack::parse_kind(*text);
}

Result<std::map<std::string, std::string>> read_context(const json::object& input) {
    std::map<std::string, std::string> values;
    const auto* context = input.if_contains("Context");
    if (context == nullptr || context->is_null()) return values;
    if (!context->is_object()) {
        return fail(ErrorKind::malformed_input, "Context must be an object");
    }
    for (const auto& member : context->get_object()) {
        if (!member.value().is_string()) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("Context {} must be a string", std::string(member.key())));
        }
        values.emplace(member.key(), member.value().get_string());
    }
    return values;
}

json::array to_array(const std::vector<std::string>& names) {
    return json::array(names.begin(), names.end());
}

}  // namespace

Result<json::object> deploy_stack(CallContext& context, const json::object& input) {
    const auto kind = read_kind(input);
    if (!kind) return std::unexpected(kind.error());
    auto values = read_context(input);
    if (!values) return std::unexpected(std::move(values.error()));
    const auto stack = stack::declare_stack(
        *kind, {context.account.id(), context.account.region(), std::move(*values)});
    if (!stack) return std::unexpected(stack.error());
    const auto deployed = StackDeployment(context.account, context.clock).apply(*stack);
    if (!deployed) return std::unexpected(deployed.error());
    return json::object{{"StackName", deployed->stack_name},
                        {"Functions", to_array(deployed->functions)},
                        {"Rules", to_array(deployed->rules)},
                        {"Tables", to_array(deployed->tables)}};
}

Result<json::object> destroy_stack(CallContext& context, const json::object& input) {
    const auto kind = read_kind(input);
    if (!kind) return std::unexpected(kind.error());
    const auto delete_data = optional_bool(input, "DeleteData");
    if (!delete_data) return std::unexpected(delete_data.error());
    const auto removed = StackDeployment(context.account, context.clock)
                             .destroy(*kind, delete_data->value_or(false));
    if (!removed) return std::unexpected(removed.error());
    return json::object{{"StackName", stack::stack_name(*kind)}, {"Removed", to_array(*removed)}};
}

Result<json::object> describe_stacks(CallContext& context, const json::object& /*input*/) {
    const auto stacks = context.account.stacks().list();
    if (!stacks) return std::unexpected(stacks.error());
    json::array rendered;
    for (const auto& stack : *stacks) {
        json::object values;
        for (const auto& [key, value] : stack.context) values[key] = value;
        rendered.emplace_back(json::object{{"Stack", stack.kind},
                                           {"StackName", stack.stack_name},
                                           {"Context", std::move(values)},
                                           {"DeployedAt", to_epoch_seconds(stack.deployed_at)}});
    }
    return json::object{{"Stacks", std::move(rendered)}};
}

}  // namespace dsdash::endpoint
