#include <algorithm>

#include "dashboard/api/api.hpp"
#include "dashboard/api/series_parameters.hpp"

namespace dsdash::dashboard {

namespace {

constexpr std::chrono::days kDefaultSpan{30};
constexpr std::size_t kDefaultPoints = 500;
constexpr std::size_t kPointsMax = 10'000;  // HistoryQuery's

Result<HistoryQuery> read_query(const QueryParameters& query, TimePoint now) {
    auto span = read_series_span(query, now, kDefaultSpan);
    if (!span) return std::unexpected(std::move(span.error()));
    const auto points = query.count("points", 1, kPointsMax);
    if (!points) return std::unexpected(points.error());
    return HistoryQuery{.series = std::move(span->series),
                        .from = span->from,
                        .to = span->to,
                        .points_max = points->value_or(kDefaultPoints)};
}

json::object columns(const HistoryQuery& query, const std::vector<HistoryPoint>& points) {
    json::array time, min, max, mean, last, count;
    for (const HistoryPoint& point : points) {
        time.emplace_back(to_epoch_seconds(point.time));
        min.emplace_back(point.min);
        max.emplace_back(point.max);
        mean.emplace_back(point.sum / static_cast<double>(point.count));
        last.emplace_back(point.last);
        count.emplace_back(point.count);
    }
    const bool raw =
        std::ranges::all_of(points, [](const auto& point) { return point.count == 1; });
    return {{"raw", raw},
            {"from", format_extraction_date(query.from)},
            {"to", format_extraction_date(query.to)},
            {"time", std::move(time)},
            {"min", std::move(min)},
            {"max", std::move(max)},
            {"mean", std::move(mean)},
            {"last", std::move(last)},
            {"count", std::move(count)}};
}

Result<json::object> get_history(const ApiContext& context, const QueryParameters& query) {
    const auto id = query.required_account("hub");
    if (!id) return std::unexpected(id.error());
    const auto history = read_query(query, context.clock.now());
    if (!history) return std::unexpected(history.error());
    const auto hub = context.hubs.find(*id);
    if (!hub) return std::unexpected(hub.error());
    // As a project that has no records is answered.
    if (!context.access.may_see(history->series.project_name)) return columns(*history, {});
    const auto points = hub->metric_table.history(*history);
    if (!points) return std::unexpected(points.error());
    return columns(*history, *points);
}

}  // namespace

const ApiResource& history_resource() {
    static constexpr std::string_view kParameters[] = {
        "hub", "metric", "project", "environment", "account", "from", "to", "points"};
    static constexpr ApiResource kResource{"/api/v1/history", kParameters, serialized<get_history>};
    return kResource;
}

}  // namespace dsdash::dashboard
