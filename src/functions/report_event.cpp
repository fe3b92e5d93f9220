#include "functions/report_event.hpp"

#include <fmt/format.h>

#include "domain/contract.hpp"

namespace dsdash::functions {

namespace {

Result<std::vector<std::string>> read_metrics(const json::object& detail) {
    const auto metrics = optional_array(detail, "Metrics");
    if (!metrics) return std::unexpected(metrics.error());
    std::vector<std::string> names;
    if (*metrics == nullptr) return names;
    for (const auto& name : **metrics) {
        if (!name.is_string()) {
            return fail(ErrorKind::malformed_input, "Metrics must hold strings");
        }
        names.emplace_back(name.get_string());
    }
    return names;
}

Result<std::vector<MetricFailure>> read_failures(const json::object& detail) {
    const auto failures = optional_array(detail, "Failures");
    if (!failures) return std::unexpected(failures.error());
    std::vector<MetricFailure> read;
    if (*failures == nullptr) return read;
    for (const auto& failure : **failures) {
        if (!failure.is_object()) {
            return fail(ErrorKind::malformed_input, "Failures must hold objects");
        }
        auto name = required_string(failure.get_object(), "MetricName");
        if (!name) return std::unexpected(std::move(name.error()));
        auto reason = required_string(failure.get_object(), "Reason");
        if (!reason) return std::unexpected(std::move(reason.error()));
        read.push_back({std::move(*name), std::move(*reason)});
    }
    return read;
}

}  // namespace

EventEntry make_report_event(const ExtractionReport& report) {
    json::array failures;
    for (const auto& failure : report.failures) {
        failures.push_back({{"MetricName", failure.metric_name}, {"Reason", failure.reason}});
    }
    const json::object detail{
        {"FetchId", report.fetch_id},
        {"ProjectName", report.project_name},
        {"Environment", report.environment},
        {"Metrics", json::array(report.metrics.begin(), report.metrics.end())},
        {"Failures", std::move(failures)},
        {"DurationMs", report.duration_ms},
    };
    return {.source = std::string(contract::kOwnSource),
            .detail_type = std::string(contract::kReportDetailType),
            .detail = json::serialize(detail),
            .resources = {},
            .time = report.time};
}

bool is_report_event(const Event& event) {
    return event.source == contract::kOwnSource && event.detail_type == contract::kReportDetailType;
}

Result<ExtractionReport> parse_report_event(const Event& event) {
    const auto detail = parse_json_object(event.detail);
    if (!detail) return std::unexpected(detail.error());
    auto fetch_id = optional_string(*detail, "FetchId");
    if (!fetch_id) return std::unexpected(std::move(fetch_id.error()));
    auto project_name = required_string(*detail, "ProjectName");
    if (!project_name) return std::unexpected(std::move(project_name.error()));
    auto environment = required_string(*detail, "Environment");
    if (!environment) return std::unexpected(std::move(environment.error()));
    auto metrics = read_metrics(*detail);
    if (!metrics) return std::unexpected(std::move(metrics.error()));
    auto failures = read_failures(*detail);
    if (!failures) return std::unexpected(std::move(failures.error()));
    const auto duration = optional_integer(*detail, "DurationMs");
    if (!duration) return std::unexpected(duration.error());
    return ExtractionReport{.account_id = event.account.text(),
                            .project_name = std::move(*project_name),
                            .environment = std::move(*environment),
                            .fetch_id = std::move(*fetch_id).value_or(""),
                            .time = event.time,
                            .metrics = std::move(*metrics),
                            .failures = std::move(*failures),
                            .duration_ms = duration->value_or(0)};
}

}  // namespace dsdash::functions
