#include "services/series_standing.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace dsdash {

namespace {

using Report = SeriesEvidence::Report;

/// The reports of the spokes, one an account, and which of the metrics that they name have records.
class SpokeReports {
  public:
    explicit SpokeReports(std::span<const ExtractionReport> reports) {
        spokes_.reserve(reports.size());
        for (const auto& report : reports) {
            spokes_[report.account_id] = {&report, std::vector<bool>(report.metrics.size())};
        }
    }

    [[nodiscard]] const ExtractionReport* find(const SeriesKey& series) const {
        const auto found = spokes_.find(series.account_id);
        return found != spokes_.end() && is_about(*found->second.report, series)
                   ? found->second.report
                   : nullptr;
    }

    void note_record(const SeriesKey& series) {
        const auto found = spokes_.find(series.account_id);
        if (found == spokes_.end()) return;
        auto& [report, has_record] = found->second;
        if (!is_about(*report, series)) return;
        const auto metric = first_named(*report, series.metric_name);
        if (metric < has_record.size()) has_record[metric] = true;
    }

    [[nodiscard]] std::set<SeriesKey> without_records() const {
        std::set<SeriesKey> series;
        for (const auto& [account, spoke] : spokes_) {
            const auto& [report, has_record] = spoke;
            for (std::size_t i = 0; i < has_record.size(); ++i) {
                const auto& metric = report->metrics[i];
                if (has_record[i] || has_record[first_named(*report, metric)]) continue;
                series.insert(
                    {metric, report->project_name, report->environment, report->account_id});
            }
        }
        return series;
    }

  private:
    struct Spoke {
        const ExtractionReport* report = nullptr;
        std::vector<bool> has_record;  ///< of each metric, where the report names it first
    };

    static bool is_about(const ExtractionReport& report, const SeriesKey& series) {
        return report.project_name == series.project_name &&
               report.environment == series.environment;
    }

    static std::size_t first_named(const ExtractionReport& report, std::string_view metric) {
        return static_cast<std::size_t>(std::ranges::find(report.metrics, metric) -
                                        report.metrics.begin());
    }

    std::unordered_map<std::string_view, Spoke> spokes_;
};

const MetricFailure* find_failure(const ExtractionReport& report, std::string_view metric) {
    const auto found = std::ranges::find(report.failures, metric, &MetricFailure::metric_name);
    return found == report.failures.end() ? nullptr : &*found;
}

/// Puts what `report` says of the series into `standing`, whose latest record is known.
Report consult(const ExtractionReport* report, SeriesStanding& standing) {
    if (report == nullptr) return Report::none;
    // A value that came after the report is from a later extraction, whose report is on its way.
    if (standing.latest && standing.latest->extraction_date > report->time) return Report::named;
    const auto& metric = standing.series.metric_name;
    if (const auto* failure = find_failure(*report, metric)) {
        standing.reason = failure->reason;
        return Report::failed;
    }
    const bool named = std::ranges::find(report->metrics, metric) != report->metrics.end();
    return named ? Report::named : Report::unnamed;
}

void judge(SeriesStanding& standing, const SpokeReports& reports,
           const Expectations& expectations) {
    SeriesEvidence evidence;
    standing.expected_interval = expectations.refresh_interval;
    if (const auto& latest = standing.latest) {
        evidence.age = expectations.now - latest->extraction_date;
        if (!standing.expected_interval) {
            standing.expected_interval =
                usual_interval(latest->extraction_date, latest->previous_dates);
        }
    }
    evidence.expected_interval = standing.expected_interval;
    evidence.report = consult(reports.find(standing.series), standing);
    standing.state = state_of(evidence);
}

}  // namespace

std::vector<SeriesStanding> judge_series(std::vector<LatestRecord> latest,
                                         std::span<const ExtractionReport> reports,
                                         const Expectations& expectations) {
    std::vector<SeriesStanding> standings;
    standings.reserve(latest.size());
    for (auto& record : latest) {
        auto& standing = standings.emplace_back();
        standing.series = record.series;
        standing.latest = std::move(record);
    }
    SpokeReports known(reports);
    for (const auto& standing : standings) known.note_record(standing.series);
    for (const auto& series : known.without_records()) {
        standings.push_back(
            {.series = series, .reason = {}, .expected_interval = {}, .latest = {}});
    }
    // A hub's table gives them sorted, and to see that costs a tenth of sorting them again.
    if (!std::ranges::is_sorted(standings, {}, &SeriesStanding::series)) {
        std::ranges::sort(standings, {}, &SeriesStanding::series);
    }
    for (auto& standing : standings) judge(standing, known, expectations);
    return standings;
}

std::vector<SpokeStanding> judge_spokes(std::span<const SeriesStanding> series,
                                        std::span<const ExtractionReport> reports,
                                        std::span<const std::string> registered,
                                        const Expectations& expectations) {
    struct Seen {
        SpokeStanding standing;
        std::optional<std::chrono::seconds> interval;
        TimePoint newest = TimePoint::min();  ///< date of its records
    };
    std::map<std::string, Seen> spokes;
    const auto heard = [&](const std::string& account, TimePoint when) {
        auto& last = spokes[account].standing.last_event;
        last = std::max(last.value_or(when), when);
    };
    for (const auto& account : registered) spokes[account];
    for (const auto& report : reports) heard(report.account_id, report.time);
    for (const auto& one : series) {
        auto& [standing, interval, newest] = spokes[one.series.account_id];
        if (one.latest) {
            heard(one.series.account_id, one.latest->extraction_date);
            if (one.latest->extraction_date >= newest) {
                newest = one.latest->extraction_date;
                standing.delay = one.latest->delivery_delay;
            }
        }
        if (one.state == SeriesState::not_configured) continue;
        ++standing.metrics;
        standing.failing += one.state == SeriesState::failed ? 1U : 0U;
        if (one.expected_interval) {
            interval = std::min(interval.value_or(*one.expected_interval), *one.expected_interval);
        }
    }
    spokes.erase("");

    std::vector<SpokeStanding> standings;
    for (auto& [account, seen] : spokes) {
        SeriesEvidence evidence{.report = Report::named};
        if (seen.standing.last_event) evidence.age = expectations.now - *seen.standing.last_event;
        evidence.expected_interval =
            expectations.refresh_interval ? expectations.refresh_interval : seen.interval;
        seen.standing.account_id = account;
        seen.standing.state = state_of(evidence);
        standings.push_back(std::move(seen.standing));
    }
    return standings;
}

}  // namespace dsdash
