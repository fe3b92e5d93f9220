#include "stack/cdk/stack_template.hpp"

#include "stack/cdk/intrinsics.hpp"

namespace dsdash::cdk {

namespace {

std::string_view description(stack::StackKind kind) {
    return kind == stack::StackKind::hub
               ? "ds-dashboard: keeps what data-science projects of other accounts report"
               : "ds-dashboard: reports this account's metrics to hubs";
}

std::string_view account_description(stack::StackKind kind) {
    return kind == stack::StackKind::hub ? "Goes into /monitors/<hub> in each spoke"
                                         : "Goes into /monitored_projects/<project>/<environment> "
                                           "in the hub";
}

}  // namespace

json::object render_template(const stack::Stack& stack, const CodeLocation& code,
                             bool path_metadata) {
    TemplateBuilder builder(stack.name, path_metadata);
    for (const auto& table : stack.tables) add_table(builder, table);
    for (const auto& function : stack.functions) add_function(builder, function, code);
    for (const auto& role : stack.roles) add_role(builder, role_path(role.name), role);
    for (const auto& rule : stack.rules) {
        add_rule(builder, rule);
        if (rule.dead_letter_queue.empty()) continue;
        builder.add_output("DeadLetters", "Queue of what could not be delivered",
                           reference_to(logical_id(queue_path(rule.dead_letter_queue))));
    }
    for (const auto& queue : stack.dead_letter_queues) {
        add_dead_letter_queue(builder, queue);
        builder.add_output("ForwardingDeadLetters",
                           "Queue of what other accounts' buses could not be given",
                           reference_to(logical_id(queue_path(queue.name))));
    }
    builder.add_output("AccountId", account_description(stack.kind),
                       reference_to("AWS::AccountId"));
    return std::move(builder).build(description(stack.kind));
}

}  // namespace dsdash::cdk
