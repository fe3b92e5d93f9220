#include "endpoint/dynamodb/state_item.hpp"

#include <fmt/format.h>

#include "endpoint/dynamodb/record_item.hpp"

namespace dsdash::endpoint::dynamodb {

Item latest_item(const MetricRecord& record) {
    const auto& series = record.series;
    auto item = to_item(record);
    item["StateKey"] = string_value(kLatestKey);
    item["SortKey"] =
        string_value(fmt::format("{}#{}#{}#{}", series.project_name, series.environment,
                                 series.account_id, series.metric_name));
    return item;
}

Item quarantine_item(const QuarantinedEvent& event) {
    return {{"StateKey", string_value(kQuarantineKey)},
            {"SortKey", string_value(event.event.id)},
            {"Event", string_value(event.event.to_json())},
            {"Reason", string_value(event.reason)},
            {"QuarantineDate", string_value(format_extraction_date(event.time))}};
}

Item report_item(const ExtractionReport& report) {
    json::array metrics;
    for (const auto& metric : report.metrics) metrics.push_back(string_value(metric));
    json::array failures;
    for (const auto& failure : report.failures) {
        failures.push_back(
            json::object{{"M", json::object{{"MetricName", string_value(failure.metric_name)},
                                            {"Reason", string_value(failure.reason)}}}});
    }
    return {{"StateKey", string_value(kReportKey)},
            {"SortKey", string_value(report.account_id)},
            {"AccountId", string_value(report.account_id)},
            {"ProjectName", string_value(report.project_name)},
            {"Environment", string_value(report.environment)},
            {"FetchId", string_value(report.fetch_id)},
            {"ReportDate", string_value(format_extraction_date(report.time))},
            {"Metrics", json::object{{"L", std::move(metrics)}}},
            {"Failures", json::object{{"L", std::move(failures)}}},
            {"DurationMs", number_value(std::to_string(report.duration_ms))}};
}

}  // namespace dsdash::endpoint::dynamodb
