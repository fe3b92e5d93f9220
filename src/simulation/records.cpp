#include "simulation/records.hpp"

#include <algorithm>

#include "simulation/extraction_times.hpp"
#include "simulation/series.hpp"

namespace dsdash::simulation {

namespace {

bool fails(const Spoke& spoke, std::size_t metric, TimePoint time) {
    return spoke.failing && spoke.failing->metric == metric && time >= spoke.failing->since;
}

}  // namespace

Result<void> for_each_record(const Fleet& fleet, const Spoke& spoke,
                             const std::function<Result<void>(MetricRecord)>& take) {
    const auto metrics = fleet.metrics();
    std::vector<Series> series;
    for (std::size_t i = 0; i < metrics.size(); ++i) series.emplace_back(fleet, spoke, i);
    for (const auto begin : extraction_times(fleet, spoke)) {
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            if (fails(spoke, i, begin)) continue;
            const auto date = begin + kPerMetric * i;
            auto taken = take({.series = {std::string(metrics[i].name), spoke.project_name,
                                          spoke.environment, spoke.account.text()},
                               .extraction_date = date,
                               .value = series[i].value_at(date),
                               .metadata = "{}",
                               .event_id = {},
                               .original_extraction_date = std::nullopt});
            if (!taken) return taken;
        }
    }
    return {};
}

std::int64_t count_records(const Fleet& fleet, const Spoke& spoke) {
    const auto times = extraction_times(fleet, spoke);
    const auto failed =
        spoke.failing ? times.end() - std::ranges::lower_bound(times, spoke.failing->since) : 0;
    return std::ssize(times) * fleet.plan.metrics - failed;
}

std::optional<ExtractionReport> last_report(const Fleet& fleet, const Spoke& spoke) {
    const auto times = extraction_times(fleet, spoke);
    if (times.empty()) return std::nullopt;
    const auto duration = kPerMetric * fleet.plan.metrics;
    ExtractionReport report{
        .account_id = spoke.account.text(),
        .project_name = spoke.project_name,
        .environment = spoke.environment,
        .fetch_id = {},
        .time = std::chrono::floor<std::chrono::seconds>(times.back() + duration),
        .metrics = {},
        .failures = {},
        .duration_ms = duration.count()};
    for (const auto& kind : fleet.metrics()) report.metrics.emplace_back(kind.name);
    if (spoke.failing && times.back() >= spoke.failing->since) {
        report.failures.push_back(
            {report.metrics.at(spoke.failing->metric), spoke.failing->reason});
    }
    return report;
}

}  // namespace dsdash::simulation
