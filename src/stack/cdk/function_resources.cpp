#include "stack/cdk/intrinsics.hpp"
#include "stack/cdk/resources.hpp"

namespace dsdash::cdk {

namespace {

/// One of the periods that CloudWatch Logs offers (API reference, PutRetentionPolicy).
constexpr int kLogRetentionDays = 90;

/// docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
constexpr const char* kRuntime = "provided.al2023";

void add_log_group(TemplateBuilder& builder, const stack::FunctionDeclaration& function) {
    builder.add_resource(
        log_group_path(function.name), "AWS::Logs::LogGroup",
        {{"LogGroupName", function.log_group}, {"RetentionInDays", kLogRetentionDays}},
        {{"DeletionPolicy", "Delete"}, {"UpdateReplacePolicy", "Delete"}});
}

json::object environment(const stack::FunctionDeclaration& function) {
    json::object variables;
    for (const auto& [name, value] : function.environment) variables[name] = value;
    return {{"Variables", std::move(variables)}};
}

}  // namespace

void add_function(TemplateBuilder& builder, const stack::FunctionDeclaration& function,
                  const CodeLocation& code) {
    add_role(builder, function_role_path(function.name), function.role);
    add_log_group(builder, function);
    json::array architectures;
    architectures.emplace_back(code.architecture);
    json::object properties{
        {"FunctionName", function.name},
        {"Description", function.description},
        {"Runtime", kRuntime},
        {"Architectures", std::move(architectures)},
        {"Handler", function.handler},
        {"Code", json::object{{"S3Bucket", code.bucket}, {"S3Key", code.key}}},
        {"Role", get_att(logical_id(function_role_path(function.name)), "Arn")},
        {"Timeout", function.timeout_s},
        {"MemorySize", function.memory_mb},
        {"LoggingConfig",
         json::object{{"LogGroup", reference_to(logical_id(log_group_path(function.name)))}}}};
    if (!function.environment.empty()) properties["Environment"] = environment(function);
    if (!function.dead_letter_queue.empty()) {
        const auto queue = logical_id(queue_path(function.dead_letter_queue));
        properties["DeadLetterConfig"] = json::object{{"TargetArn", get_att(queue, "Arn")}};
    }
    builder.add_resource(function_path(function.name), "AWS::Lambda::Function",
                         std::move(properties));
}

}  // namespace dsdash::cdk
