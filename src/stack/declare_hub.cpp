#include <fmt/format.h>

#include "domain/contract.hpp"
#include "functions/event_patterns.hpp"
#include "stack/declare.hpp"
#include "stack/function_declarations.hpp"
#include "stack/hub_tables.hpp"

namespace dsdash::stack {

namespace {

constexpr const char* kScheduleKey = "schedule";

std::vector<ContextKey> keys() {
    std::vector<ContextKey> keys{
        connection_key(), {kScheduleKey, "how often to ask the spokes, such as \"rate(1 hour)\""}};
    for (auto& key : hub_table_keys()) keys.push_back(std::move(key));
    return keys;
}

/// What it says inside the parentheses, EventBridge judges.
Result<std::optional<std::string>> read_schedule(const StackContext& context) {
    auto schedule = optional_value(context, kScheduleKey);
    const bool is_known =
        !schedule || ((schedule->starts_with("rate(") || schedule->starts_with("cron(")) &&
                      schedule->ends_with(')'));
    if (is_known) return schedule;
    return fail(ErrorKind::malformed_input,
                fmt::format("context {} must be like \"rate(1 hour)\" or \"cron(0 8 * * ? *)\"",
                            kScheduleKey));
}

}  // namespace

Result<Stack> declare_hub(const StackContext& context) {
    if (auto checked = check_context(context, keys()); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    const auto existing_connection = read_existing_connection(context);
    if (!existing_connection) return std::unexpected(existing_connection.error());
    auto tables = declare_hub_tables(context);
    if (!tables) return std::unexpected(std::move(tables.error()));
    auto schedule = read_schedule(context);
    if (!schedule) return std::unexpected(std::move(schedule.error()));

    Stack stack{.kind = StackKind::hub,
                .name = std::string(stack_name(StackKind::hub)),
                .context = context.values,
                .functions = {declare_archive(context), declare_refresh(context)},
                .roles = {},
                .dead_letter_queues = {},
                .rules = {{.name = std::string(contract::kArchiveRule),
                           .description = "Gives what the spokes send to the archive",
                           .event_pattern = std::string(functions::kArchivePattern),
                           .schedule_expression = {},
                           .function = std::string(contract::kArchiveFunction),
                           .dead_letter_queue = std::string(kArchiveDeadLetters)}},
                .tables = std::move(*tables),
                .uses_existing_connection = *existing_connection};
    if (const auto retention = stack.tables.front().retention) {
        stack.functions.front().environment["RETENTION_DAYS"] = std::to_string(retention->count());
    }
    if (*schedule) {
        // Without dead letters: the next tick asks again.
        stack.rules.push_back({.name = std::string(contract::kFetchScheduleRule),
                               .description = "Asks the spokes for new data by itself",
                               .event_pattern = {},
                               .schedule_expression = std::move(**schedule),
                               .function = std::string(contract::kRefreshFunction),
                               .dead_letter_queue = {}});
    }
    if (!*existing_connection) add_connection(context, stack);
    return stack;
}

}  // namespace dsdash::stack
