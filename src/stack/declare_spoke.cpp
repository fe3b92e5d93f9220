#include <fmt/format.h>

#include "domain/contract.hpp"
#include "functions/event_patterns.hpp"
#include "metrics/catalogue.hpp"
#include "stack/declare.hpp"
#include "stack/function_declarations.hpp"

namespace dsdash::stack {

namespace {

constexpr const char* kMetricsKey = "metrics";
constexpr const char* kEnvironmentKey = "environment";
constexpr const char* kProjectNameKey = "project_name";

/// Lambda: all environment variables together, names and values.
constexpr std::size_t kEnvironmentBytesMax = 4'096;

using Metrics = std::vector<const metrics::Metric*>;

std::vector<ContextKey> keys_for(const Metrics& metrics) {
    std::string names;
    for (const auto& metric : metrics::catalogue()) {
        names += names.empty() ? "" : ", ";
        names += metric->name();
    }
    std::vector<ContextKey> keys{{kMetricsKey, "comma-separated, of " + names, true},
                                 {kEnvironmentKey, "such as dev or prod", true},
                                 {kProjectNameKey, "the project this account belongs to", true},
                                 connection_key()};
    for (const auto* metric : metrics) {
        for (const auto& setting : metric->settings()) {
            keys.push_back({setting.name,
                            fmt::format("for {}: {}", metric->name(), setting.description), true});
        }
    }
    return keys;
}

/// A setting's value becomes part of the resource that a metric is allowed to read; a wildcard or
/// a policy variable would allow more than the one that is meant. `context` is checked.
Result<metrics::Settings> read_settings(const StackContext& context, const Metrics& metrics) {
    metrics::Settings settings;
    for (const auto* metric : metrics) {
        for (const auto& setting : metric->settings()) {
            const auto& value = context.values.at(setting.name);
            if (value.find_first_of("*?$") != std::string::npos) {
                return fail(ErrorKind::malformed_input,
                            fmt::format("context {} must not contain *, ? or $", setting.name));
            }
            settings.insert_or_assign(setting.name, value);
        }
    }
    return settings;
}

Result<functions::ExtractionSettings> read_extraction(const StackContext& context) {
    const auto names = optional_value(context, kMetricsKey);
    if (!names) return std::unexpected(check_context(context, keys_for({})).error());
    auto metrics = metrics::choose_metrics(*names);
    if (!metrics) {
        metrics.error().message =
            fmt::format("context {}: {}", kMetricsKey, metrics.error().message);
        return std::unexpected(std::move(metrics.error()));
    }
    if (auto checked = check_context(context, keys_for(*metrics)); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    auto settings = read_settings(context, *metrics);
    if (!settings) return std::unexpected(std::move(settings.error()));
    return functions::ExtractionSettings{std::move(*metrics), context.values.at(kProjectNameKey),
                                         context.values.at(kEnvironmentKey), std::move(*settings)};
}

Result<void> check_environment(const FunctionDeclaration& function) {
    std::size_t bytes = 0;
    for (const auto& [name, value] : function.environment) bytes += name.size() + value.size();
    if (bytes <= kEnvironmentBytesMax) return {};
    return fail(ErrorKind::malformed_input,
                fmt::format("the context values have {} bytes as environment variables; Lambda "
                            "allows {}",
                            bytes, kEnvironmentBytesMax));
}

}  // namespace

Result<Stack> declare_spoke(const StackContext& context) {
    const auto settings = read_extraction(context);
    if (!settings) return std::unexpected(settings.error());
    const auto existing_connection = read_existing_connection(context);
    if (!existing_connection) return std::unexpected(existing_connection.error());
    auto extraction = declare_extraction(context, *settings);
    if (auto checked = check_environment(extraction); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    Stack stack{.kind = StackKind::spoke,
                .name = std::string(stack_name(StackKind::spoke)),
                .context = context.values,
                .functions = {std::move(extraction)},
                .roles = {},
                .dead_letter_queues = {},
                .rules = {{.name = std::string(contract::kExtractionRule),
                           .description = "Starts an extraction when a hub asks for one",
                           .event_pattern = std::string(functions::kExtractionPattern),
                           .schedule_expression = {},
                           .function = std::string(contract::kExtractionFunction),
                           .dead_letter_queue = std::string(kExtractionDeadLetters)}},
                .tables = {},
                .uses_existing_connection = *existing_connection};
    if (!*existing_connection) add_connection(context, stack);
    return stack;
}

Result<Stack> declare_stack(StackKind kind, const StackContext& context) {
    return kind == StackKind::hub ? declare_hub(context) : declare_spoke(context);
}

}  // namespace dsdash::stack
