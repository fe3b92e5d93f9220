#include "dashboard/api/api.hpp"
#include "dashboard/api/hub_picture.hpp"
#include "domain/json_writer.hpp"

namespace dsdash::dashboard {

namespace {

void write_series(const SeriesKey& series, JsonWriter& out) {
    out.key("project_name").text(series.project_name);
    out.key("environment").text(series.environment);
    out.key("account_id").text(series.account_id);
    out.key("metric_name").text(series.metric_name);
}

void write_standing(const SeriesStanding& standing, JsonWriter& out) {
    out.open_object();
    write_series(standing.series, out);
    out.key("state").text(state_name(standing.state));
    if (standing.state == SeriesState::failed) out.key("reason").text(standing.reason);
    out.key("expected_interval_s");
    const auto& interval = standing.expected_interval;
    interval ? out.integer(interval->count()) : out.null();
    if (const auto& latest = standing.latest) {
        out.key("extraction_date").text(format_extraction_date(latest->extraction_date));
        out.key("value").text(latest->value.to_string());
        out.key("number").number(latest->value.to_double());
    } else {
        for (const auto* name : {"extraction_date", "value", "number"}) out.key(name).null();
    }
    out.close_object();
}

void write_report(const ExtractionReport& report, JsonWriter& out) {
    out.open_object();
    out.key("account_id").text(report.account_id);
    out.key("project_name").text(report.project_name);
    out.key("environment").text(report.environment);
    out.key("date").text(format_extraction_date(report.time));
    out.key("fetch_id").text(report.fetch_id);
    out.key("metrics").open_array();
    for (const auto& metric : report.metrics) out.text(metric);
    out.close_array().key("failures").open_array();
    for (const MetricFailure& failure : report.failures) {
        out.open_object().key("metric_name").text(failure.metric_name);
        out.key("reason").text(failure.reason).close_object();
    }
    out.close_array().key("duration_ms").integer(report.duration_ms).close_object();
}

void write_hub(const HubSummary& hub, JsonWriter& out) {
    out.open_object().key("account_id").text(hub.id.text());
    out.key("name").text(hub.name).key("region").text(hub.region.text()).close_object();
}

Result<std::string> get_latest(const ApiContext& context, const QueryParameters& query) {
    const auto picture = read_hub_picture(context, query);
    if (!picture) return std::unexpected(picture.error());
    // Thousands of objects: as a tree of values they would take as long as all the rest.
    constexpr std::size_t kBytesASeries = 260;
    JsonWriter out(picture->series.size() * kBytesASeries);
    out.open_object().key("hub");
    write_hub(picture->hub.summary, out);
    out.key("records").open_array();
    for (const auto& standing : picture->series) write_standing(standing, out);
    out.close_array().key("reports").open_array();
    for (const auto& report : picture->reports) write_report(report, out);
    out.close_array().close_object();
    return out.take();
}

}  // namespace

const ApiResource& latest_resource() {
    static constexpr std::string_view kParameters[] = {"hub"};
    static constexpr ApiResource kResource{"/api/v1/latest", kParameters, get_latest};
    return kResource;
}

}  // namespace dsdash::dashboard
