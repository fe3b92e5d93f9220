#include "services/fetch_progress.hpp"

#include <algorithm>
#include <set>

namespace dsdash {

FetchProgress::FetchProgress(Fetch fetch) : fetch_(std::move(fetch)) {
    for (const auto& spoke : fetch_.spokes) {
        const auto known = std::ranges::find(answers_, spoke.account_id, [](const Answer& answer) {
            return answer.spoke.account_id;
        });
        if (known == answers_.end()) {
            answers_.push_back({.spoke = spoke, .date = {}, .failures = {}, .missing = {}});
        }
    }
    sights_.resize(answers_.size());
}

std::size_t FetchProgress::complete_count() const {
    return static_cast<std::size_t>(std::ranges::count(answers_, true, &Answer::complete));
}

void FetchProgress::update(const std::vector<ExtractionReport>& reports,
                           const std::vector<LatestRecord>& latest, SteadyTime now) {
    for (std::size_t i = 0; i < answers_.size(); ++i) {
        if (!answers_[i].complete) {
            update_answer(answers_[i], sights_[i], reports, latest, now);
        }
    }
}

bool FetchProgress::answers_this_fetch(const ExtractionReport& report) const {
    // A hub keeps the newest report only. One of a later fetch answers ours as well, if its
    // extraction began after we asked.
    const auto began = report.time - std::chrono::milliseconds(report.duration_ms);
    return report.fetch_id == fetch_.fetch_id || began >= fetch_.date;
}

void FetchProgress::update_answer(Answer& answer, Sight& sight,
                                  const std::vector<ExtractionReport>& reports,
                                  const std::vector<LatestRecord>& latest, SteadyTime now) const {
    std::set<std::string> arrived;
    std::optional<TimePoint> newest;
    for (const auto& record : latest) {
        if (record.series.account_id == answer.spoke.account_id &&
            record.extraction_date >= fetch_.date) {
            arrived.insert(record.series.metric_name);
            newest = std::max(newest.value_or(record.extraction_date), record.extraction_date);
        }
    }
    const auto report = std::ranges::find_if(reports, [&](const ExtractionReport& candidate) {
        return candidate.account_id == answer.spoke.account_id && answers_this_fetch(candidate);
    });
    const bool reported = report != reports.end();
    if (arrived.size() != sight.metrics || reported != sight.reported) {
        sight = {arrived.size(), reported, now};
    }
    const bool grace_is_over = now - sight.last_change >= kGrace;

    answer.metrics = arrived.size();
    answer.date = newest;
    if (reported) answer.date = std::max(newest.value_or(report->time), report->time);
    if (!reported) {
        answer.complete = !arrived.empty() && grace_is_over;
        return;
    }
    answer.failures = report->failures;
    answer.missing.clear();
    for (const auto& metric : report->metrics) {
        const bool failed =
            std::ranges::find(report->failures, metric, &MetricFailure::metric_name) !=
            report->failures.end();
        if (!failed && !arrived.contains(metric)) {
            answer.missing.push_back(metric);
        }
    }
    answer.complete = answer.missing.empty() || grace_is_over;
}

}  // namespace dsdash
