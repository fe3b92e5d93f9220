#include "stack/cdk/intrinsics.hpp"
#include "stack/cdk/resources.hpp"

namespace dsdash::cdk {

namespace {

/// The longest that SQS keeps a message (API reference, SetQueueAttributes).
constexpr int kRetentionS = 14 * 24 * 60 * 60;

/// docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
json::object queue_policy(std::string_view queue_id, json::object rules) {
    json::array statements;
    statements.emplace_back(
        json::object{{"Effect", "Allow"},
                     {"Principal", json::object{{"Service", "events.amazonaws.com"}}},
                     {"Action", "sqs:SendMessage"},
                     {"Resource", get_att(queue_id, "Arn")},
                     {"Condition", std::move(rules)}});
    return {{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
}

/// `rules`: the condition that a rule meets which may put something there.
void add_queue(TemplateBuilder& builder, std::string_view queue, json::object rules) {
    const auto path = queue_path(queue);
    const auto id = logical_id(path);
    builder.add_resource(path, "AWS::SQS::Queue",
                         {{"QueueName", queue},
                          {"MessageRetentionPeriod", kRetentionS},
                          {"SqsManagedSseEnabled", true}},
                         {{"DeletionPolicy", "Delete"}, {"UpdateReplacePolicy", "Delete"}});
    json::array queues;
    queues.push_back(reference_to(id));
    builder.add_resource(
        queue_policy_path(queue), "AWS::SQS::QueuePolicy",
        {{"Queues", std::move(queues)}, {"PolicyDocument", queue_policy(id, std::move(rules))}});
}

}  // namespace

void add_dead_letter_queue(TemplateBuilder& builder, const stack::RuleDeclaration& rule) {
    const auto arn = get_att(logical_id(rule_path(rule.name)), "Arn");
    add_queue(builder, rule.dead_letter_queue, {{"ArnEquals", {{"aws:SourceArn", arn}}}});
}

void add_dead_letter_queue(TemplateBuilder& builder,
                           const stack::DeadLetterQueueDeclaration& queue) {
    add_queue(builder, queue.name,
              {{"ArnLike", {{"aws:SourceArn", in_this_account(queue.rules)}}}});
}

}  // namespace dsdash::cdk
