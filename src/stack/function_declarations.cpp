#include "stack/function_declarations.hpp"

#include <fmt/format.h>

#include <set>

#include "domain/arn.hpp"
#include "domain/contract.hpp"
#include "functions/archive.hpp"
#include "functions/bus_permission.hpp"
#include "functions/forwarding_rules.hpp"

namespace dsdash::stack {

namespace {

using namespace contract;

/// Everything below a path of the Parameter Store.
std::string parameters_below(const StackContext& context, std::string_view path) {
    return parameter_arn(context.region, context.account, fmt::format("{}*", path));
}

std::string own_bus(const StackContext& context) {
    return event_bus_arn(context.region, context.account, kDefaultBus);
}

// What Lambda itself does as the function's role.

PolicyStatement log_statement(const StackContext& context, std::string_view log_group) {
    const Arn streams{std::string(partition_of(context.region)), "logs", context.region.text(),
                      context.account.text(), fmt::format("log-group:{}:*", log_group)};
    return {{"logs:CreateLogStream", "logs:PutLogEvents"}, {streams.to_string()}};
}

PolicyStatement dead_letter_statement(const StackContext& context, std::string_view queue) {
    return {{"sqs:SendMessage"}, {queue_arn(context.region, context.account, queue)}};
}

/// The log group is no /aws/lambda/<name>: one of that name is left behind by every function of
/// that name that ran before, the Python reference's among them, and a stack cannot create it
/// again.
FunctionDeclaration declare_function(const StackContext& context, std::string_view name,
                                     std::string_view handler, std::string_view description,
                                     std::vector<PolicyStatement> statements) {
    auto log_group = fmt::format("/ds-dashboard/{}", handler);
    statements.push_back(log_statement(context, log_group));
    return {.name = std::string(name),
            .handler = std::string(handler),
            .description = std::string(description),
            .role = {fmt::format("{}-role", name), "lambda.amazonaws.com", std::move(statements)},
            .environment = {},
            .log_group = std::move(log_group),
            .dead_letter_queue = {},
            .timeout_s = 30,
            .memory_mb = 128};
}

void add_dead_letter_queue(const StackContext& context, std::string_view queue,
                           FunctionDeclaration& function) {
    function.dead_letter_queue = queue;
    function.role.statements.push_back(dead_letter_statement(context, queue));
}

std::string forwarding_rules(const StackContext& context) {
    return rule_arn(context.region, context.account,
                    fmt::format("{}*", functions::kForwardingRulePrefix));
}

FunctionDeclaration declare_connection(const StackContext& context) {
    auto function = declare_function(
        context, kConnectionFunction, "connection",
        "Connects the account with its hubs and spokes as the parameters say.",
        {{{"ssm:GetParametersByPath"},
          {parameters_below(context, kMonitorsPath),
           parameters_below(context, kMonitoredProjectsPath)}},
         {{"ssm:GetParameter"},
          {parameter_arn(context.region, context.account, functions::kOrganizationParameter)}},
         {{"events:DescribeEventBus"}, {own_bus(context)}},
         // EventBridge knows no resources for these three.
         {{"events:PutPermission", "events:RemovePermission", "events:ListRules"}, {"*"}},
         {{"events:PutRule", "events:DeleteRule", "events:ListTargetsByRule", "events:PutTargets",
           "events:RemoveTargets"},
          {forwarding_rules(context)}},
         {{"iam:PassRole"},
          {role_arn(context.region, context.account, functions::kForwardingRole)}}});
    function.timeout_s = 300;  // up to three calls for each of 1,500 accounts
    return function;
}

RoleDeclaration declare_forwarding_role(const StackContext& context) {
    const Arn any_bus{std::string(partition_of(context.region)), "events", context.region.text(),
                      "*", fmt::format("event-bus/{}", kDefaultBus)};
    return {std::string(functions::kForwardingRole),
            "events.amazonaws.com",
            {{{"events:PutEvents"}, {any_bus.to_string()}}}};
}

}  // namespace

void add_connection(const StackContext& context, Stack& stack) {
    stack.functions.push_back(declare_connection(context));
    stack.roles.push_back(declare_forwarding_role(context));
    stack.dead_letter_queues.push_back(
        {std::string(functions::kForwardingDeadLetters), forwarding_rules(context)});
}

FunctionDeclaration declare_refresh(const StackContext& context) {
    return declare_function(
        context, kRefreshFunction, "refresh", "Asks every spoke for new data.",
        {{{"ssm:GetParametersByPath"}, {parameters_below(context, kMonitoredProjectsPath)}},
         {{"events:PutEvents"}, {own_bus(context)}}});
}

FunctionDeclaration declare_archive(const StackContext& context) {
    auto function = declare_function(
        context, kArchiveFunction, functions::kArchiveHandler,
        "Keeps the metrics and reports of the spokes.",
        {{{"ssm:GetParametersByPath"}, {parameters_below(context, kMonitoredProjectsPath)}},
         {{"dynamodb:PutItem"},
          {table_arn(context.region, context.account, kHubTable),
           table_arn(context.region, context.account, kHubStateTable)}},
         // The latest record of a series.
         {{"dynamodb:UpdateItem"}, {table_arn(context.region, context.account, kHubStateTable)}},
         // What stands at a date that is taken.
         {{"dynamodb:Query"}, {table_arn(context.region, context.account, kHubTable)}}});
    function.environment = {{"HUB_TABLE", std::string(kHubTable)},
                            {"HUB_STATE_TABLE", std::string(kHubStateTable)}};
    add_dead_letter_queue(context, kArchiveDeadLetters, function);
    return function;
}

FunctionDeclaration declare_extraction(const StackContext& context,
                                       const functions::ExtractionSettings& settings) {
    std::set<metrics::IamPermission> permissions;
    std::string names;
    for (const auto* metric : settings.metrics) {
        for (auto& permission :
             metric->get_iam_permissions(context.account, context.region, settings.settings)) {
            permissions.insert(std::move(permission));
        }
        names += names.empty() ? "" : ",";
        names += metric->name();
    }
    std::vector<PolicyStatement> statements{{{"events:PutEvents"}, {own_bus(context)}}};
    for (const auto& [action, resource] : permissions) {
        statements.push_back({{action}, {resource}});
    }
    auto function =
        declare_function(context, kExtractionFunction, "extraction",
                         "Computes the chosen metrics and puts one event for each.", statements);
    function.timeout_s = 120;
    add_dead_letter_queue(context, kExtractionDeadLetters, function);
    function.environment = {{std::string(functions::kMetricsVariable), names},
                            {std::string(functions::kProjectNameVariable), settings.project_name},
                            {std::string(functions::kEnvironmentVariable), settings.environment}};
    for (const auto& [name, value] : settings.settings) {
        function.environment[functions::variable_of_setting(name)] = value;
    }
    return function;
}

}  // namespace dsdash::stack
