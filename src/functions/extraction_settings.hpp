#pragma once

#include "functions/services.hpp"
#include "metrics/metric.hpp"

namespace dsdash::functions {

/// What a spoke's extraction function was deployed with.
struct ExtractionSettings {
    std::vector<const metrics::Metric*> metrics;
    std::string project_name;
    std::string environment;
    metrics::Settings settings;  ///< every one that the metrics declare
};

inline constexpr std::string_view kMetricsVariable = "METRICS";
inline constexpr std::string_view kProjectNameVariable = "PROJECT_NAME";
inline constexpr std::string_view kEnvironmentVariable = "ENVIRONMENT";

/// The environment variable of a metric's setting: ssm_parameter -> SSM_PARAMETER.
[[nodiscard]] std::string variable_of_setting(std::string_view setting);

/// malformed_input naming the variable that is absent, empty or wrong.
Result<ExtractionSettings> read_extraction_settings(const Environment& environment);

}  // namespace dsdash::functions
