#include "domain/contract.hpp"
#include "functions/event_patterns.hpp"
#include "stack/declare.hpp"
#include "stack/function_declarations.hpp"

namespace dsdash::stack {

namespace {

constexpr const char* kScheduleKey = "schedule";

}  // namespace

Result<Stack> declare_hub(const StackContext& context) {
    const std::vector<ContextKey> keys{
        connection_key(), {kScheduleKey, "how often to ask the spokes, such as \"rate(1 hour)\""}};
    if (auto checked = check_context(context, keys); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const auto existing_connection = read_existing_connection(context);
    if (!existing_connection) return std::unexpected(existing_connection.error());

    Stack stack{
        .kind = StackKind::hub,
        .name = std::string(stack_name(StackKind::hub)),
        .context = context.values,
        .functions = {declare_archive(context), declare_refresh(context)},
        .roles = {},
        .rules = {{.name = "ds-dashboard-archive",
                   .description = "Gives what the spokes send to the archive",
                   .event_pattern = std::string(functions::kArchivePattern),
                   .schedule_expression = {},
                   .function = std::string(contract::kArchiveFunction)}},
        .tables = {{std::string(contract::kHubTable), TableDeclaration::Kind::metric_table},
                   {std::string(contract::kHubStateTable), TableDeclaration::Kind::hub_state}},
        .uses_existing_connection = *existing_connection};
    if (auto schedule = optional_value(context, kScheduleKey)) {
        stack.rules.push_back({.name = "ds-dashboard-fetch-schedule",
                               .description = "Asks the spokes for new data by itself",
                               .event_pattern = {},
                               .schedule_expression = std::move(*schedule),
                               .function = std::string(contract::kRefreshFunction)});
    }
    if (!*existing_connection) {
        stack.functions.push_back(declare_connection(context));
        stack.roles.push_back(declare_forwarding_role(context));
    }
    return stack;
}

}  // namespace dsdash::stack
