#include "doctor/spoke_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/age.hpp"
#include "domain/contract.hpp"

namespace dsdash::doctor {

namespace {

/// The quarantined events of one account.
std::vector<const QuarantinedEvent*> quarantined_of(const HubView& view, const AccountId& account) {
    std::vector<const QuarantinedEvent*> events;
    for (const auto& quarantined : view.quarantined) {
        if (quarantined.event.account == account) events.push_back(&quarantined);
    }
    return events;
}

/// "churn/dev", as an event of the account claims; "<project>/<environment>" when none does.
std::string claimed_name(const std::vector<const QuarantinedEvent*>& events) {
    for (const auto* quarantined : events) {
        const auto detail = parse_json_object(quarantined->event.detail);
        if (!detail) continue;
        const auto project = optional_string(*detail, "ProjectName");
        const auto environment = optional_string(*detail, "Environment");
        if (project && *project && environment && *environment) {
            return fmt::format("{}/{}", **project, **environment);
        }
    }
    return "<project>/<environment>";
}

/// One examination of one account, a check a function.
class SpokeExamination {
  public:
    SpokeExamination(const HubView& view, const Commands& commands, Notes& notes)
        : view_(view), commands_(commands), notes_(notes), account_(notes.account()) {
        for (const auto& registration : view.registrations) {
            if (registration.account != account_) continue;
            names_ += names_.empty() ? "" : ", ";
            names_ += fmt::format("{}/{}", registration.project_name, registration.environment);
        }
        for (const auto& record : view.latest) {
            if (record.series.account_id != account_.text()) continue;
            if (newest_ == nullptr || record.extraction_date > newest_->extraction_date) {
                newest_ = &record;
            }
        }
        const auto report =
            std::ranges::find(view.reports, account_.text(), &ExtractionReport::account_id);
        if (report != view.reports.end()) report_ = &*report;
    }

    void run() {
        check_parameter();
        if (names_.empty()) return;
        if (account_ != view_.own) {
            check_own_side(view_.connections, commands_, notes_);
            check_far_side(view_.connections, view_.ping_round.is_answered_by(account_), commands_,
                           notes_);
        }
        check_ping();
        check_metric();
        check_report();
        check_quarantine();
    }

  private:
    void check_parameter() {
        if (!names_.empty()) {
            notes_.well("parameter", names_);
        } else if (connected_accounts(view_.connections).contains(account_)) {
            notes_.wrong("parameter",
                         "it is connected, but no parameter below /monitored_projects/ names it",
                         commands_.disconnect_from(account_));
        } else {
            const auto events = quarantined_of(view_, account_);
            notes_.wrong(
                "parameter",
                fmt::format("no parameter names it; {} of its events are in quarantine",
                            events.size()),
                commands_.put_parameter(
                    fmt::format("{}{}", contract::kMonitoredProjectsPath, claimed_name(events)),
                    account_.text()));
        }
    }

    void check_ping() {
        if (!view_.has_pinged) return;
        const auto answer = view_.ping_round.answers.find(account_);
        if (answer != view_.ping_round.answers.end()) {
            const auto taken =
                std::chrono::floor<std::chrono::milliseconds>(answer->second).count();
            notes_.well("ping", fmt::format("answered in {} ms", taken));
        } else if (!view_.ping_round.asked.contains(account_)) {
            notes_.unknown("ping", "not asked: no rule forwards to it");
        } else if (report_ == nullptr && newest_ != nullptr) {
            notes_.unknown("ping", "no answer, nor any report: a spoke of the Python reference?");
        } else {
            notes_.wrong("ping", "no answer", commands_.doctor_at(account_));
        }
    }

    void check_metric() {
        if (newest_ == nullptr) {
            notes_.wrong("last metric", "none has arrived yet", commands_.refresh());
            return;
        }
        const auto age = view_.now - newest_->extraction_date;
        auto message = fmt::format("{} is {} old", newest_->series.metric_name, format_age(age));
        if (age > view_.stale_after) {
            notes_.wrong("last metric", std::move(message), commands_.refresh());
        } else {
            notes_.well("last metric", std::move(message));
        }
    }

    void check_report() {
        if (report_ == nullptr) {
            notes_.unknown("report", "none has arrived yet");
            return;
        }
        if (report_->failures.empty()) {
            notes_.well("report",
                        fmt::format("{} metrics without a failure, {} ago", report_->metrics.size(),
                                    format_age(view_.now - report_->time)));
        }
        for (const auto& failure : report_->failures) {
            notes_.wrong("report", fmt::format("{}: {}", failure.metric_name, failure.reason),
                         commands_.extract_at(account_));
        }
    }

    void check_quarantine() {
        const auto events = quarantined_of(view_, account_);
        if (events.empty()) return;
        std::vector<std::string> ids;
        for (const auto* quarantined : events) ids.push_back("q-" + quarantined->event.id);
        notes_.wrong("quarantine",
                     fmt::format("{} of its events were not stored; one because: {}", events.size(),
                                 events.front()->reason),
                     view_.connections.dead_letters ? commands_.replay(ids) : std::string());
    }

    const HubView& view_;
    const Commands& commands_;
    Notes& notes_;
    const AccountId& account_;
    std::string names_;  ///< that it is registered under
    const MetricRecord* newest_ = nullptr;
    const ExtractionReport* report_ = nullptr;
};

}  // namespace

std::set<AccountId> spokes_of(const HubView& view) {
    auto accounts = connected_accounts(view.connections);
    for (const auto& registration : view.registrations) accounts.insert(registration.account);
    for (const auto& quarantined : view.quarantined) accounts.insert(quarantined.event.account);
    return accounts;
}

void check_spoke(const HubView& view, const Commands& commands, Notes& notes) {
    SpokeExamination(view, commands, notes).run();
}

}  // namespace dsdash::doctor
