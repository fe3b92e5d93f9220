#include "stack/cdk/intrinsics.hpp"
#include "stack/cdk/resources.hpp"

namespace dsdash::cdk {

namespace {

/// The longest that SQS keeps a message (API reference, SetQueueAttributes).
constexpr int kRetentionS = 14 * 24 * 60 * 60;

/// docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
json::object queue_policy(std::string_view queue_id, std::string_view rule_id) {
    json::array statements;
    statements.emplace_back(json::object{
        {"Effect", "Allow"},
        {"Principal", json::object{{"Service", "events.amazonaws.com"}}},
        {"Action", "sqs:SendMessage"},
        {"Resource", get_att(queue_id, "Arn")},
        {"Condition",
         json::object{{"ArnEquals", json::object{{"aws:SourceArn", get_att(rule_id, "Arn")}}}}}});
    return {{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
}

}  // namespace

void add_dead_letter_queue(TemplateBuilder& builder, const stack::RuleDeclaration& rule) {
    const auto path = queue_path(rule.dead_letter_queue);
    const auto id = logical_id(path);
    builder.add_resource(path, "AWS::SQS::Queue",
                         {{"QueueName", rule.dead_letter_queue},
                          {"MessageRetentionPeriod", kRetentionS},
                          {"SqsManagedSseEnabled", true}},
                         {{"DeletionPolicy", "Delete"}, {"UpdateReplacePolicy", "Delete"}});
    json::array queues;
    queues.push_back(reference_to(id));
    builder.add_resource(queue_policy_path(rule.dead_letter_queue), "AWS::SQS::QueuePolicy",
                         {{"Queues", std::move(queues)},
                          {"PolicyDocument", queue_policy(id, logical_id(rule_path(rule.name)))}});
}

}  // namespace dsdash::cdk
