#include "services/series_standing.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace dsdash {

namespace {

using Report = SeriesEvidence::Report;

/// The newest report of each spoke: there is one an account.
using ReportsBySpoke = std::map<std::tuple<std::string_view, std::string_view, std::string_view>,
                                const ExtractionReport*>;

ReportsBySpoke by_spoke(std::span<const ExtractionReport> reports) {
    ReportsBySpoke found;
    for (const auto& report : reports) {
        found[{report.account_id, report.project_name, report.environment}] = &report;
    }
    return found;
}

const ExtractionReport* find_report(const ReportsBySpoke& reports, const SeriesKey& series) {
    const auto found = reports.find({series.account_id, series.project_name, series.environment});
    return found == reports.end() ? nullptr : found->second;
}

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

void judge(SeriesStanding& standing, const ReportsBySpoke& reports,
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
    evidence.report = consult(find_report(reports, standing.series), standing);
    standing.state = state_of(evidence);
}

using SeriesNames =
    std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;

/// In SeriesKey's order.
SeriesNames names_of(const SeriesStanding& standing) {
    const auto& [metric, project, environment, account] = standing.series;
    return {metric, project, environment, account};
}

/// Of the metrics that reports name, those that have no record.
void add_unheard(std::span<const ExtractionReport> reports,
                 std::vector<SeriesStanding>& standings) {
    const auto heard = standings.size();
    for (const auto& report : reports) {
        for (const auto& metric : report.metrics) {
            const SeriesNames names{metric, report.project_name, report.environment,
                                    report.account_id};
            const auto known = std::span(standings).first(heard);
            if (std::ranges::binary_search(known, names, {}, names_of)) continue;
            standings.push_back(
                {.series = {metric, report.project_name, report.environment, report.account_id},
                 .reason = {},
                 .expected_interval = {},
                 .latest = {}});
        }
    }
    if (standings.size() == heard) return;
    std::ranges::sort(standings, {}, &SeriesStanding::series);
    // A report may name a metric twice.
    const auto twice = std::ranges::unique(standings, {}, &SeriesStanding::series);
    standings.erase(twice.begin(), twice.end());
}

}  // namespace

std::vector<SeriesStanding> judge_series(std::vector<LatestRecord> latest,
                                         std::span<const ExtractionReport> reports,
                                         const Expectations& expectations) {
    if (!std::ranges::is_sorted(latest, {}, &LatestRecord::series)) {
        std::ranges::sort(latest, {}, &LatestRecord::series);
    }
    std::vector<SeriesStanding> standings;
    standings.reserve(latest.size());
    for (auto& record : latest) {
        auto& standing = standings.emplace_back();
        standing.series = record.series;
        standing.latest = std::move(record);
    }
    add_unheard(reports, standings);
    const auto known = by_spoke(reports);
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
