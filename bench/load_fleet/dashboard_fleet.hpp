#pragma once

#include <vector>

#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

namespace dsdash::bench {

/// The fleet that the dashboard is measured with: spokes of projects in three environments each,
/// with 30 metrics that have a value every hour. What a series has in an hour follows from
/// the two alone. A few things are as they should not be, so that there is something to judge: one
/// spoke has been silent for some hours, in three a metric fails, some values have just dropped.
class DashboardFleet {
  public:
    static constexpr int kMetrics = 30;
    /// So many that two hours of them are one put of a MetricTable.
    static constexpr int kSpokesMax = 150;

    using Hours = std::chrono::time_point<std::chrono::system_clock, std::chrono::hours>;

    /// `end`: the hour behind the fleet's last one. `spokes`: 1-kSpokesMax.
    DashboardFleet(Hours end, int spokes);

    /// What all spokes report in `hour`, appended to `out`.
    void append_hour(Hours hour, std::vector<MetricRecord>& out) const;
    /// The newest report of each spoke.
    [[nodiscard]] std::vector<ExtractionReport> reports() const;

  private:
    [[nodiscard]] bool is_silent(int spoke) const { return spoke == spokes_ - 1; }

    Hours end_;
    int spokes_;
    std::vector<SeriesKey> series_;  // spoke by spoke
};

}  // namespace dsdash::bench
