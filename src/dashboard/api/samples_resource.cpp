#include "dashboard/api/api.hpp"
#include "dashboard/api/series_json.hpp"
#include "dashboard/api/series_parameters.hpp"

namespace dsdash::dashboard {

namespace {

// A span that no record is older than: what is asked for is "the newest".
constexpr std::chrono::days kDefaultSpan{5 * 366};
constexpr std::size_t kDefaultLimit = 100;
constexpr std::size_t kLimitMax = 1'000;

/// Without the archive's warning for who may not see all: it names what else the account is
/// registered as.
json::value metadata_json(const MetricRecord& record, const Access& access) {
    auto metadata = parse_json(record.metadata).value_or(json::object());
    if (access.projects && metadata.is_object()) metadata.get_object().erase("RegistrationWarning");
    return metadata;
}

json::object sample_json(const MetricRecord& record, const Access& access) {
    const auto& original = record.original_extraction_date;
    return {{"extraction_date", format_extraction_date(record.extraction_date)},
            {"original_extraction_date",
             original ? json::value(format_extraction_date(*original)) : nullptr},
            {"value", record.value.to_string()},
            {"number", record.value.to_double()},
            {"event_id", record.event_id},
            {"delivery_delay_s", seconds_or_null(record.delivery_delay)},
            {"metadata", metadata_json(record, access)}};
}

Result<json::object> get_samples(const ApiContext& context, const QueryParameters& query) {
    const auto id = query.required_account("hub");
    if (!id) return std::unexpected(id.error());
    const auto span = read_series_span(query, context.clock.now(), kDefaultSpan);
    if (!span) return std::unexpected(span.error());
    const auto limit = query.count("limit", 1, kLimitMax);
    if (!limit) return std::unexpected(limit.error());
    const auto hub = context.hubs.find(*id);
    if (!hub) return std::unexpected(hub.error());
    const auto wanted = limit->value_or(kDefaultLimit);
    // A project that may not be seen is answered as one that is not there.
    auto records =
        context.access.may_see(span->series.project_name)
            ? hub->browser.samples(
                  {.series = span->series, .from = span->from, .to = span->to, .limit = wanted + 1})
            : std::vector<MetricRecord>{};
    if (!records) return std::unexpected(records.error());

    const bool more = records->size() > wanted;
    if (more) records->pop_back();
    json::array samples;
    for (const auto& record : *records) samples.emplace_back(sample_json(record, context.access));
    return json::object{{"samples", std::move(samples)}, {"more", more}};
}

}  // namespace

const ApiResource& samples_resource() {
    static constexpr std::string_view kParameters[] = {
        "hub", "metric", "project", "environment", "account", "from", "to", "limit"};
    static constexpr ApiResource kResource{"/api/v1/samples", kParameters, serialized<get_samples>};
    return kResource;
}

}  // namespace dsdash::dashboard
