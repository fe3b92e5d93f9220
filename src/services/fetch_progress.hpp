#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

namespace dsdash {

/// A refresh that was asked for: what ds-dashboard-fetch-new-data answers.
struct Fetch {
    struct Spoke {
        std::string account_id;
        std::string project_name;
        std::string environment;
    };
    std::string fetch_id;
    TimePoint date;
    std::vector<Spoke> spokes;
};

/// Who has answered a fetch. Told again and again what the hub has, it never goes back.
class FetchProgress {
  public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    /// What is known of one account; it may stand for several projects and environments.
    struct Answer {
        Fetch::Spoke spoke;
        bool complete = false;
        std::optional<TimePoint> date;  ///< of its newest metric, or of its report if that is later
        std::size_t metrics = 0;        ///< arrived since the fetch
        std::vector<MetricFailure> failures;
        std::vector<std::string> missing;  ///< reported, but not arrived within the grace
    };

    /// Spokes that forward metrics only (the Python reference's) and reported metrics that do not
    /// arrive (quarantined ones) are waited for no longer than this after the last sign of life.
    static constexpr std::chrono::seconds kGrace{3};

    explicit FetchProgress(Fetch fetch);

    /// Takes in all that the hub has now.
    void update(const std::vector<ExtractionReport>& reports,
                const std::vector<LatestRecord>& latest, SteadyTime now);

    [[nodiscard]] const std::vector<Answer>& answers() const { return answers_; }
    [[nodiscard]] std::size_t complete_count() const;
    [[nodiscard]] bool complete() const { return complete_count() == answers_.size(); }

  private:
    struct Sight {
        std::size_t metrics = 0;
        bool reported = false;
        SteadyTime last_change;
    };
    void update_answer(Answer& answer, Sight& sight, const std::vector<ExtractionReport>& reports,
                       const std::vector<LatestRecord>& latest, SteadyTime now) const;
    [[nodiscard]] bool answers_this_fetch(const ExtractionReport& report) const;

    Fetch fetch_;
    std::vector<Answer> answers_;
    std::vector<Sight> sights_;  ///< one an answer
};

}  // namespace dsdash
