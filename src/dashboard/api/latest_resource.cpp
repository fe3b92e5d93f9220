#include "dashboard/api/api.hpp"
#include "dashboard/api/hub_json.hpp"
#include "dashboard/api/hub_picture.hpp"
#include "dashboard/api/series_json.hpp"

namespace dsdash::dashboard {

namespace {

json::object standing_json(const SeriesStanding& standing) {
    auto record = series_json(standing.series);
    record["state"] = state_name(standing.state);
    if (standing.state == SeriesState::failed) record["reason"] = standing.reason;
    const auto& interval = standing.expected_interval;
    record["expected_interval_s"] = interval ? json::value(interval->count()) : nullptr;
    if (const auto& latest = standing.latest) {
        record["extraction_date"] = format_extraction_date(latest->extraction_date);
        record["value"] = latest->value.to_string();
        record["number"] = latest->value.to_double();
    } else {
        for (const auto* name : {"extraction_date", "value", "number"}) record[name] = nullptr;
    }
    return record;
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
            {"fetch_id", report.fetch_id},       {"metrics", std::move(metrics)},
            {"failures", std::move(failures)},   {"duration_ms", report.duration_ms}};
}

Result<json::object> get_latest(const ApiContext& context, const QueryParameters& query) {
    const auto picture = read_hub_picture(context, query);
    if (!picture) return std::unexpected(picture.error());
    json::array records;
    records.reserve(picture->series.size());
    for (const auto& standing : picture->series) records.emplace_back(standing_json(standing));
    json::array reports;
    for (const auto& report : picture->reports) reports.emplace_back(report_json(report));
    return json::object{{"hub", hub_json(picture->hub.summary)},
                        {"records", std::move(records)},
                        {"reports", std::move(reports)}};
}

}  // namespace

const ApiResource& latest_resource() {
    static constexpr std::string_view kParameters[] = {"hub"};
    static constexpr ApiResource kResource{"/api/v1/latest", kParameters, get_latest};
    return kResource;
}

}  // namespace dsdash::dashboard
