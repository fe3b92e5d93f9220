#include "functions/extraction_settings.hpp"

#include <fmt/format.h>

#include <boost/algorithm/string/case_conv.hpp>

#include "metrics/catalogue.hpp"

namespace dsdash::functions {

namespace {

Result<std::string> required_variable(const Environment& environment, std::string_view name) {
    const auto found = environment.find(std::string(name));
    if (found == environment.end() || found->second.empty()) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("the function's environment variable {} is not set", name));
    }
    return found->second;
}

}  // namespace

std::string variable_of_setting(std::string_view setting) {
    return boost::to_upper_copy(std::string(setting));
}

Result<ExtractionSettings> read_extraction_settings(const Environment& environment) {
    const auto names = required_variable(environment, kMetricsVariable);
    if (!names) return std::unexpected(names.error());
    auto chosen = metrics::choose_metrics(*names);
    if (!chosen) return std::unexpected(std::move(chosen.error()));
    auto project_name = required_variable(environment, kProjectNameVariable);
    if (!project_name) return std::unexpected(std::move(project_name.error()));
    auto stage = required_variable(environment, kEnvironmentVariable);
    if (!stage) return std::unexpected(std::move(stage.error()));

    ExtractionSettings read{std::move(*chosen), std::move(*project_name), std::move(*stage), {}};
    for (const auto* metric : read.metrics) {
        for (const auto& setting : metric->settings()) {
            auto value = required_variable(environment, variable_of_setting(setting.name));
            if (!value) return std::unexpected(std::move(value.error()));
            read.settings.insert_or_assign(setting.name, std::move(*value));
        }
    }
    return read;
}

}  // namespace dsdash::functions
