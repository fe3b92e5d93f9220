#include "dashboard/api/api.hpp"
#include "dashboard/api/series_json.hpp"

namespace dsdash::dashboard {

namespace {

json::array day_times(TimePoint now) {
    constexpr int kDays = SeriesTrend::kDays;
    const auto today = std::chrono::floor<std::chrono::days>(now);
    json::array times;
    for (int back = kDays - 1; back >= 0; --back) {
        times.emplace_back(to_epoch_seconds(today - std::chrono::days(back)));
    }
    return times;
}

json::object trend_json(const SeriesTrend& trend) {
    json::array last;
    last.reserve(trend.last.size());
    for (const auto& value : trend.last) last.emplace_back(number_or_null(value));
    return {
        {"environment", trend.series.environment},  {"account_id", trend.series.account_id},
        {"metric_name", trend.series.metric_name},  {"last", std::move(last)},
        {"day_ago", number_or_null(trend.day_ago)}, {"week_ago", number_or_null(trend.week_ago)}};
}

Result<json::object> get_trends(const ApiContext& context, const QueryParameters& query) {
    const auto id = query.required_account("hub");
    if (!id) return std::unexpected(id.error());
    const auto project = query.required_text("project");
    if (!project) return std::unexpected(project.error());
    const auto hub = context.hubs.find(*id);
    if (!hub) return std::unexpected(hub.error());
    const auto now = context.clock.now();
    // A project that may not be seen is answered as one that is not there.
    const auto trends = context.access.may_see(*project) ? hub->browser.trends(*project, now)
                                                         : std::vector<SeriesTrend>{};
    if (!trends) return std::unexpected(trends.error());

    json::array series;
    series.reserve(trends->size());
    for (const auto& trend : *trends) series.emplace_back(trend_json(trend));
    return json::object{{"day_times", day_times(now)}, {"series", std::move(series)}};
}

}  // namespace

const ApiResource& trends_resource() {
    static constexpr std::string_view kParameters[] = {"hub", "project"};
    static constexpr ApiResource kResource{"/api/v1/trends", kParameters, serialized<get_trends>};
    return kResource;
}

}  // namespace dsdash::dashboard
