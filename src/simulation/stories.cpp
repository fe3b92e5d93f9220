#include "simulation/stories.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace dsdash::simulation {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// When something began that shows at the end of the plan: a share of its days ago, within limits
/// (of which the lower one counts, if need be).
TimePoint begin_of(const Plan& plan, int share_percent, minutes at_least, minutes at_most) {
    const minutes share = hours(24 * plan.days) * share_percent / 100;
    return plan.end - std::max(at_least, std::min(share, at_most));
}

/// Hands out spokes in an order of the seed's own, each once while there are any.
class Cast {
  public:
    explicit Cast(Fleet& fleet) {
        for (auto& spoke : fleet.spokes) free_.push_back(&spoke);
        const auto noise = fleet.noise().of("cast");
        std::ranges::sort(free_, {},
                          [&](const Spoke* spoke) { return noise.of(spoke->number).bits(); });
        last_resort_ = free_.front();
    }

    /// One of that environment if there is one. The last one left may have to appear again.
    Spoke& choose(std::string_view environment) {
        if (free_.empty()) return *last_resort_;
        auto found = std::ranges::find(free_, environment, &Spoke::environment);
        if (found == free_.end()) found = free_.begin();
        Spoke& chosen = **found;
        free_.erase(found);
        last_resort_ = &chosen;
        return chosen;
    }

  private:
    std::vector<Spoke*> free_;
    Spoke* last_resort_ = nullptr;
};

FailingMetric fail_metric(const Spoke& spoke, int metrics, TimePoint since) {
    if (static_cast<std::size_t>(metrics) > kModelAuc) {
        return {kModelAuc, since,
                fmt::format("there is no parameter /models/{}/auc", spoke.project_name)};
    }
    return {kTotalTraining, since, "ListTrainingJobs was throttled three times: Rate exceeded"};
}

}  // namespace

void tell_stories(Fleet& fleet) {
    const auto& plan = fleet.plan;
    const auto metrics = static_cast<std::size_t>(plan.metrics);
    Cast cast(fleet);
    // A state is seen when some values are missing, or there.
    if (plan.spokes >= 2) {
        cast.choose("int").silent_since =
            begin_of(plan, 20, std::max<minutes>(hours(6), plan.interval * 6), hours(72));
    }
    if (metrics > kEndpoints) {
        cast.choose("prod").idle_since = begin_of(plan, 75, hours(12), hours(24 * 45));
    }
    if (metrics > kTraining24h) {
        cast.choose("prod").drop =
            SuddenDrop{std::min(metrics - 1, kPredictions24h),
                       begin_of(plan, 5, std::max<minutes>(hours(2), plan.interval * 2), hours(8))};
    }
    if (plan.spokes * plan.metrics >= 2) {
        auto& spoke = cast.choose("dev");
        spoke.failing = fail_metric(
            spoke, plan.metrics,
            begin_of(plan, 12, std::max<minutes>(hours(3), plan.interval * 3), hours(48)));
    }
}

}  // namespace dsdash::simulation
