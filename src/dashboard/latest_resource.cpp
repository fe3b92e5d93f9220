#include "dashboard/api.hpp"
#include "dashboard/hub_json.hpp"

namespace dsdash::dashboard {

namespace {

json::object record_json(const MetricRecord& record) {
    return {{"project_name", record.series.project_name},
            {"environment", record.series.environment},
            {"account_id", record.series.account_id},
            {"metric_name", record.series.metric_name},
            {"extraction_date", format_extraction_date(record.extraction_date)},
            {"value", record.value.to_string()},
            {"number", record.value.to_double()}};
}

json::object report_json(const ExtractionReport& report) {
    json::array metrics(report.metrics.begin(), report.metrics.end());
    json::array failures;
    for (const MetricFailure& failure : report.failures) {
        failures.emplace_back(
            json::object{{"metric_name", failure.metric_name}, {"reason", failure.reason}});
    }
    return {{"account_id", report.account_id},   {"project_name", report.project_name},
            {"environment", report.environment}, {"date", format_extraction_date(report.time)},
            {"metrics", std::move(metrics)},     {"failures", std::move(failures)},
            {"duration_ms", report.duration_ms}};
}

Result<json::object> get_latest(const ApiContext& context, const QueryParameters& query) {
    const auto id = query.required_account("hub");
    if (!id) return std::unexpected(id.error());
    const auto hub = context.hubs.find(*id);
    if (!hub) return std::unexpected(hub.error());
    const auto records = hub->metric_table.latest();
    if (!records) return std::unexpected(records.error());
    const auto reports = hub->state.reports();
    if (!reports) return std::unexpected(reports.error());

    json::array record_list;
    record_list.reserve(records->size());
    for (const MetricRecord& record : *records) record_list.emplace_back(record_json(record));
    json::array report_list;
    for (const ExtractionReport& report : *reports) report_list.emplace_back(report_json(report));
    return json::object{{"hub", hub_json(hub->summary)},
                        {"records", std::move(record_list)},
                        {"reports", std::move(report_list)}};
}

}  // namespace

const ApiResource& latest_resource() {
    static constexpr std::string_view kParameters[] = {"hub"};
    static constexpr ApiResource kResource{"/api/v1/latest", kParameters, get_latest};
    return kResource;
}

}  // namespace dsdash::dashboard
