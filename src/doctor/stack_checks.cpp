#include "doctor/stack_checks.hpp"

#include <fmt/format.h>

#include "domain/arn.hpp"
#include "domain/contract.hpp"
#include "functions/event_patterns.hpp"
#include "functions/extraction_settings.hpp"

namespace dsdash::doctor {

namespace {

const json::object* object_at(const json::object& object, std::string_view field) {
    const auto* value = object.if_contains(field);
    return value == nullptr ? nullptr : value->if_object();
}

DeployedFunction read_function(const json::object& answer) {
    DeployedFunction function;
    const auto* configuration = object_at(answer, "Configuration");
    if (configuration == nullptr) return function;
    const auto* environment = object_at(*configuration, "Environment");
    const auto* variables = environment == nullptr ? nullptr : object_at(*environment, "Variables");
    if (variables != nullptr) {
        for (const auto& variable : *variables) {
            if (!variable.value().is_string()) continue;
            function.environment.emplace(variable.key(), variable.value().get_string());
        }
    }
    const auto state = optional_string(*configuration, "State");
    const auto* concurrency = object_at(answer, "Concurrency");
    const auto* reserved =
        concurrency == nullptr ? nullptr : concurrency->if_contains("ReservedConcurrentExecutions");
    function.is_stopped = (state && *state && **state != "Active") ||
                          (reserved != nullptr && reserved->is_int64() && *reserved == 0);
    return function;
}

/// The function, if it is there; what is wrong is noted, to be mended by `deploy`.
Result<std::optional<DeployedFunction>> check_function(AwsApi& aws, std::string_view name,
                                                       const std::string& deploy, Notes& notes) {
    auto function = find_function(aws, name);
    if (!function) return function;
    if (!*function) {
        notes.wrong("function", fmt::format("{} is not there", name), deploy);
    } else if ((*function)->is_stopped) {
        notes.wrong("function", fmt::format("{} is stopped", name), deploy);
    } else {
        notes.well("function", std::string(name));
    }
    return function;
}

/// What is wrong with the rule that feeds a function of the account; empty when nothing is.
Result<std::string> fault_of_rule(AwsApi& aws, std::string_view rule, std::string_view pattern,
                                  std::string_view function) {
    const auto described = aws.call("events", "DescribeRule", {{"Name", rule}});
    if (!described) {
        if (described.error().kind == ErrorKind::not_found) return "is not there";
        return std::unexpected(described.error());
    }
    const auto state = optional_string(*described, "State");
    if (!state || *state != "ENABLED") return "is disabled";
    const auto text = optional_string(*described, "EventPattern");
    const auto present = parse_json(text && *text ? **text : "");
    if (!present || *present != json::parse(pattern)) return "has another pattern";
    const auto arn = function_arn(aws.region(), aws.account(), function);
    bool is_target = false;
    const auto listed =
        for_each_item(aws, "events", "ListTargetsByRule", {{"Rule", rule}}, {.items = "Targets"},
                      [&](const json::object& target) -> Result<void> {
                          const auto target_arn = optional_string(target, "Arn");
                          is_target = is_target || (target_arn && *target_arn == arn);
                          return {};
                      });
    if (!listed) return std::unexpected(listed.error());
    return is_target ? std::string() : fmt::format("does not start {}", function);
}

Result<void> check_rule(AwsApi& aws, std::string_view rule, std::string_view pattern,
                        std::string_view function, const std::string& deploy, Notes& notes) {
    const auto fault = fault_of_rule(aws, rule, pattern, function);
    if (!fault) return std::unexpected(fault.error());
    if (fault->empty()) {
        notes.well("rule", std::string(rule));
    } else {
        notes.wrong("rule", fmt::format("{} {}", rule, *fault), deploy);
    }
    return {};
}

/// What `deploy spoke` has to be told to make the function as it is; what is not known is left to
/// the person.
std::map<std::string, std::string> context_of(const std::optional<DeployedFunction>& function) {
    std::map<std::string, std::string> context{
        {"metrics", "<metrics>"}, {"environment", "<environment>"}, {"project_name", "<project>"}};
    if (!function) return context;
    const auto& environment = function->environment;
    const auto take = [&](const std::string& key, const std::string& variable) {
        const auto found = environment.find(variable);
        if (found != environment.end() && !found->second.empty()) context[key] = found->second;
    };
    take("metrics", std::string(functions::kMetricsVariable));
    take("environment", std::string(functions::kEnvironmentVariable));
    take("project_name", std::string(functions::kProjectNameVariable));
    const auto settings = functions::read_extraction_settings(environment);
    if (settings) context.insert(settings->settings.begin(), settings->settings.end());
    return context;
}

}  // namespace

Result<std::optional<DeployedFunction>> find_function(AwsApi& aws, std::string_view name) {
    const auto answer = aws.call("lambda", "GetFunction", {{"FunctionName", name}});
    if (answer) return read_function(*answer);
    if (answer.error().kind == ErrorKind::not_found) return std::nullopt;
    return std::unexpected(answer.error());
}

Result<void> check_hub_stack(AwsApi& aws, const Commands& commands, Notes& notes) {
    const auto deploy = commands.deploy("hub", {});
    for (const auto name : {contract::kArchiveFunction, contract::kRefreshFunction}) {
        auto function = check_function(aws, name, deploy, notes);
        if (!function) return std::unexpected(std::move(function.error()));
    }
    return check_rule(aws, contract::kArchiveRule, functions::kArchivePattern,
                      contract::kArchiveFunction, deploy, notes);
}

Result<void> check_spoke_stack(AwsApi& aws, const Commands& commands, Notes& notes) {
    const auto found = find_function(aws, contract::kExtractionFunction);
    if (!found) return std::unexpected(found.error());
    const auto deploy = commands.deploy("spoke", context_of(*found));
    const auto function = check_function(aws, contract::kExtractionFunction, deploy, notes);
    if (!function) return std::unexpected(function.error());
    if (*function) {
        const auto settings = functions::read_extraction_settings((*function)->environment);
        if (settings) {
            notes.well("metrics",
                       (*function)->environment.at(std::string(functions::kMetricsVariable)));
        } else {
            notes.wrong("metrics", settings.error().message, deploy);
        }
    }
    return check_rule(aws, contract::kExtractionRule, functions::kExtractionPattern,
                      contract::kExtractionFunction, deploy, notes);
}

Result<void> check_connection_function(AwsApi& aws, std::string_view stack,
                                       const Commands& commands, Notes& notes) {
    const auto context =
        stack == "spoke" ? context_of(std::nullopt) : std::map<std::string, std::string>{};
    auto function =
        check_function(aws, contract::kConnectionFunction, commands.deploy(stack, context), notes);
    if (!function) return std::unexpected(std::move(function.error()));
    return {};
}

}  // namespace dsdash::doctor
