#pragma once

#include <vector>

#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

namespace dsdash::bench {

/// The fleet that the dashboard is measured with: 150 spokes, of 50 projects in three environments
/// each, with 30 metrics that have a value every hour. What a series has in an hour follows from
/// the two alone. A few things are as they should not be, so that there is something to judge: one
/// spoke has been silent for some hours, in three a metric fails, some values have just dropped.
class DashboardFleet {
  public:
    static constexpr int kSpokes = 150;
    static constexpr int kMetrics = 30;
    static constexpr int kSeries = kSpokes * kMetrics;

    using Hours = std::chrono::time_point<std::chrono::system_clock, std::chrono::hours>;

    /// `end`: the hour behind the fleet's last one.
    explicit DashboardFleet(Hours end);

    /// What all spokes report in `hour`, appended to `out`.
    void append_hour(Hours hour, std::vector<MetricRecord>& out) const;
    /// The newest report of each spoke.
    [[nodiscard]] std::vector<ExtractionReport> reports() const;

  private:
    Hours end_;
    std::vector<SeriesKey> series_;  // spoke by spoke
};

}  // namespace dsdash::bench
