#include "stack/cdk/intrinsics.hpp"
#include "stack/cdk/resources.hpp"

namespace dsdash::cdk {

namespace {

json::object target(const stack::RuleDeclaration& rule) {
    json::object target{{"Id", rule.function},
                        {"Arn", get_att(logical_id(function_path(rule.function)), "Arn")}};
    if (!rule.dead_letter_queue.empty()) {
        const auto queue = logical_id(queue_path(rule.dead_letter_queue));
        target["DeadLetterConfig"] = json::object{{"Arn", get_att(queue, "Arn")}};
    }
    return target;
}

}  // namespace

void add_rule(TemplateBuilder& builder, const stack::RuleDeclaration& rule) {
    json::array targets;
    targets.emplace_back(target(rule));
    json::object properties{{"Name", rule.name},
                            {"Description", rule.description},
                            {"State", "ENABLED"},
                            {"Targets", std::move(targets)}};
    if (!rule.event_pattern.empty()) {
        properties["EventPattern"] = json::parse(rule.event_pattern);
    }
    if (!rule.schedule_expression.empty()) {
        properties["ScheduleExpression"] = rule.schedule_expression;
    }
    builder.add_resource(rule_path(rule.name), "AWS::Events::Rule", std::move(properties));
    builder.add_resource(
        invocation_path(builder.stack_name(), rule.name, rule.function), "AWS::Lambda::Permission",
        {{"Action", "lambda:InvokeFunction"},
         {"FunctionName", get_att(logical_id(function_path(rule.function)), "Arn")},
         {"Principal", "events.amazonaws.com"},
         {"SourceArn", get_att(logical_id(rule_path(rule.name)), "Arn")}});
    if (!rule.dead_letter_queue.empty()) add_dead_letter_queue(builder, rule);
}

}  // namespace dsdash::cdk
