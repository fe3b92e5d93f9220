#pragma once

#include <array>
#include <span>
#include <string_view>

namespace dsdash::simulation {

/// How a metric's values run over time.
enum class Shape {
    total,     ///< what an activity has counted since ever
    last_day,  ///< what it has counted in the last 24 hours
    level,     ///< a whole number that stays for days
    measure,   ///< a number with a fraction that wanders
    growing,   ///< a number with a fraction that only grows
};

/// What moves a metric: it decides about weekends, and how dev, int and prod differ.
enum class Load { training, serving, steady };

struct MetricKind {
    std::string_view name;
    Shape shape;
    Load load;
    std::string_view activity;  ///< of total and last_day: both of one activity agree; else empty
    double low;                 ///< of total and last_day: how often on a slow day
    double high;
    int decimals = 0;
};

/// The metrics of a fleet, the first ones of a fleet that has few: first those of the catalogue
/// (src/metrics) that need no setting, then invented ones.
[[nodiscard]] std::span<const MetricKind> metric_kinds();

/// Indexes of the metrics that the fleet's stories are told with.
inline constexpr std::size_t kTotalTraining = 0;
inline constexpr std::size_t kEndpoints = 1;
inline constexpr std::size_t kTraining24h = 2;
inline constexpr std::size_t kPredictions24h = 3;
inline constexpr std::size_t kModelAuc = 4;
inline constexpr std::string_view kTrainingActivity = "CompletedTrainingJobs";

}  // namespace dsdash::simulation
