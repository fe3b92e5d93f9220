#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/account_id.hpp"
#include "simulation/metric_kinds.hpp"
#include "simulation/noise.hpp"
#include "simulation/plan.hpp"

namespace dsdash::simulation {

/// One metric of a spoke that can no longer be computed.
struct FailingMetric {
    std::size_t metric = 0;  ///< index in metric_kinds()
    TimePoint since;
    std::string reason;
};

/// One metric of a spoke whose values fall to a fraction of what they were.
struct SuddenDrop {
    std::size_t metric = 0;
    TimePoint since;
};

/// An account with one environment of a project, and what goes wrong there.
struct Spoke {
    std::size_t number;  ///< from 0
    AccountId account;
    std::string project_name;
    std::string environment;                     ///< dev, int or prod
    std::optional<TimePoint> silent_since = {};  ///< nothing more comes from it
    std::optional<TimePoint> idle_since = {};  ///< endpoints in service, and no training completes
    std::optional<FailingMetric> failing = {};
    std::optional<SuddenDrop> drop = {};

    /// The account's name in a data folder: "churn-prediction-dev".
    [[nodiscard]] std::string name() const { return project_name + "-" + environment; }
};

struct Fleet {
    Plan plan;
    std::vector<Spoke> spokes;
    std::string account_prefix;  ///< what the ids of all spokes start with, and of no other fleet

    [[nodiscard]] Noise noise() const { return Noise(plan.seed); }
    /// What each spoke is configured to measure.
    [[nodiscard]] std::span<const MetricKind> metrics() const {
        return metric_kinds().first(static_cast<std::size_t>(plan.metrics));
    }
};

/// Accounts, projects and what goes wrong in them. Each that there is room for happens once: one
/// spoke of two or more falls silent; of two or more metrics one fails in one spoke; one of the
/// last two activities drops in one spoke; one spoke's training stops while its endpoints stay.
/// malformed_input as check_plan().
Result<Fleet> make_fleet(const Plan& plan);

}  // namespace dsdash::simulation
