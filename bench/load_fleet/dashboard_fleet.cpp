#include "load_fleet/dashboard_fleet.hpp"

#include <fmt/format.h>

#include <array>

namespace dsdash::bench {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

constexpr std::array kEnvironments{"dev", "int", "prod"};
/// Those that the dashboard judges by name; the others count up to metric-29.
constexpr std::array kNamedMetrics{"TotalCompletedTrainingJobs", "CompletedTrainingJobs24h",
                                   "NumberEndPointsInService"};
constexpr int kFailingMetric = 5;
constexpr hours kTroubleSince{6};
constexpr std::uint64_t kOneInDrops = 500;

/// Mixes well, and costs little: Steele et al., "Fast Splittable Pseudorandom Number Generators".
std::uint64_t mix(std::uint64_t seed) {
    seed += 0x9e3779b97f4a7c15U;
    seed = (seed ^ (seed >> 30U)) * 0xbf58476d1ce4e5b9U;
    seed = (seed ^ (seed >> 27U)) * 0x94d049bb133111ebU;
    return seed ^ (seed >> 31U);
}

std::string metric_name(int metric) {
    const auto index = static_cast<std::size_t>(metric);
    return index < kNamedMetrics.size() ? kNamedMetrics.at(index)
                                        : fmt::format("metric-{:02}", metric);
}

SeriesKey series_key(int spoke, int metric) {
    constexpr int kEach = static_cast<int>(kEnvironments.size());
    return {.metric_name = metric_name(metric),
            .project_name = fmt::format("project-{:02}", spoke / kEach),
            .environment = kEnvironments.at(static_cast<std::size_t>(spoke % kEach)),
            .account_id = fmt::format("{:012}", 222'222'222'000 + spoke)};
}

bool fails(int spoke, int metric) {
    return metric == kFailingMetric && spoke % 50 == 20;
}

TimePoint report_time(DashboardFleet::Hours hour, int spoke) {
    return TimePoint(hour) + milliseconds(1'000 + 37 * spoke);
}

std::int64_t value_in(std::size_t series, DashboardFleet::Hours hour, bool drops) {
    const auto elapsed = hour.time_since_epoch().count();
    if (series % DashboardFleet::kMetrics == 0) return elapsed / 3;  // a total only grows
    const auto level = 50 + mix(series) % 5'000;
    if (drops && mix(series) % kOneInDrops == 0) return 1;
    const auto noise = mix(series ^ (static_cast<std::uint64_t>(elapsed) << 20U)) % (level / 5 + 1);
    return static_cast<std::int64_t>(level + noise);
}

std::string event_id(std::size_t series, DashboardFleet::Hours hour) {
    const auto elapsed = static_cast<std::uint64_t>(hour.time_since_epoch().count());
    const auto bits = mix((elapsed << 20U) + series);
    return fmt::format("{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}", bits >> 32U, bits >> 16U & 0xffffU,
                       bits >> 4U & 0xfffU, series & 0xfffU, elapsed << 8U);
}

}  // namespace

DashboardFleet::DashboardFleet(Hours end, int spokes) : end_(end), spokes_(spokes) {
    for (int spoke = 0; spoke < spokes_; ++spoke) {
        for (int metric = 0; metric < kMetrics; ++metric) {
            series_.push_back(series_key(spoke, metric));
        }
    }
}

void DashboardFleet::append_hour(Hours hour, std::vector<MetricRecord>& out) const {
    const bool in_trouble = hour >= end_ - kTroubleSince;
    for (std::size_t i = 0; i < series_.size(); ++i) {
        const int spoke = static_cast<int>(i) / kMetrics;
        const int metric = static_cast<int>(i) % kMetrics;
        if (in_trouble && (is_silent(spoke) || fails(spoke, metric))) continue;
        out.push_back({.series = series_[i],
                       .extraction_date = report_time(hour, spoke),
                       .value = Decimal(value_in(i, hour, in_trouble)),
                       .metadata = "{}",
                       .event_id = event_id(i, hour),
                       .original_extraction_date = std::nullopt,
                       .delivery_delay = milliseconds(40 + mix(i) % 200)});
    }
}

std::vector<ExtractionReport> DashboardFleet::reports() const {
    std::vector<ExtractionReport> reports;
    for (int spoke = 0; spoke < spokes_; ++spoke) {
        const auto& key = series_[static_cast<std::size_t>(spoke) * kMetrics];
        const auto hour = end_ - (is_silent(spoke) ? kTroubleSince : hours(0)) - hours(1);
        auto& report = reports.emplace_back();
        report = {.account_id = key.account_id,
                  .project_name = key.project_name,
                  .environment = key.environment,
                  .fetch_id = fmt::format("fetch-{}", hour.time_since_epoch().count()),
                  .time = report_time(hour, spoke),
                  .metrics = {},
                  .failures = {},
                  .duration_ms = 420};
        for (int metric = 0; metric < kMetrics; ++metric) {
            report.metrics.push_back(metric_name(metric));
            if (fails(spoke, metric)) {
                report.failures.push_back({metric_name(metric), "AccessDeniedException"});
            }
        }
    }
    return reports;
}

}  // namespace dsdash::bench
