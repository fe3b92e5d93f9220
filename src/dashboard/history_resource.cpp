#include "dashboard/api.hpp"

namespace dsdash::dashboard {

namespace {

constexpr std::chrono::days kDefaultSpan{30};
constexpr std::size_t kDefaultPoints = 500;
constexpr std::size_t kPointsMax = 10'000;  // HistoryQuery's

Result<HistoryQuery> read_query(const QueryParameters& query, TimePoint now) {
    const auto metric = query.required_text("metric");
    if (!metric) return std::unexpected(metric.error());
    const auto project = query.required_text("project");
    if (!project) return std::unexpected(project.error());
    const auto environment = query.required_text("environment");
    if (!environment) return std::unexpected(environment.error());
    const auto from = query.time("from");
    if (!from) return std::unexpected(from.error());
    const auto to = query.time("to");
    if (!to) return std::unexpected(to.error());
    const auto points = query.count("points", 1, kPointsMax);
    if (!points) return std::unexpected(points.error());

    HistoryQuery history;
    history.series = {*metric, *project, *environment, query.text("account").value_or("")};
    history.to = to->value_or(now);
    history.from = from->value_or(history.to - kDefaultSpan);
    history.points_max = points->value_or(kDefaultPoints);
    if (history.from >= history.to) {
        return fail(ErrorKind::malformed_input, "parameter from: must be before to");
    }
    return history;
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
    return {{"from", format_extraction_date(query.from)},
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
    const auto points = hub->metric_table.history(*history);
    if (!points) return std::unexpected(points.error());
    return columns(*history, *points);
}

}  // namespace

const ApiResource& history_resource() {
    static constexpr std::string_view kParameters[] = {
        "hub", "metric", "project", "environment", "account", "from", "to", "points"};
    static constexpr ApiResource kResource{"/api/v1/history", kParameters, get_history};
    return kResource;
}

}  // namespace dsdash::dashboard
