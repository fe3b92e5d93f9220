#include "dashboard/api/attention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "dashboard/api/trend_signs.hpp"
#include "domain/age.hpp"

namespace dsdash::dashboard {

namespace {

using doctor::Finding;
using doctor::Findings;
using Items = std::vector<AttentionItem>;
using Severity = AttentionItem::Severity;

/// An endpoint that serves while nothing is trained for this long.
constexpr std::size_t kIdleDays = 14;
constexpr std::string_view kEndpointsMetric = "NumberEndPointsInService";
/// A total stands still when nothing is trained; what counts a day's jobs is zero.
constexpr std::pair<std::string_view, bool> kTrainingMetrics[] = {
    {"TotalCompletedTrainingJobs", true}, {"CompletedTrainingJobs24h", false}};

/// Which findings of doctor are of which kind here; the others say the same as the values do.
struct FindingKind {
    std::string_view check;
    std::string_view kind;
    Severity severity;
    std::string_view title;
    std::string_view advice;
};
constexpr FindingKind kFindingKinds[] = {
    {"dead letters", "dead_letters", Severity::critical, "Events were not delivered",
     "Mend the reason first, then send them again; what has arrived is stored once."},
    {"quarantine", "quarantined", Severity::critical, "Events are in quarantine",
     "They are not among the values. Register the project and environment, or correct what the "
     "spoke "
     "sends, then send them again."},
    {"parameter", "half_connected", Severity::warning, "An account is not registered",
     "Register it below /monitored_projects/, or disconnect it."},
    {"permission", "half_connected", Severity::warning, "The hub does not let a spoke in",
     "Its events are refused until the hub's bus allows that account."},
    {"permission there", "half_connected", Severity::warning, "A spoke does not let the hub in",
     "The hub cannot ask it for new values until it does."},
    {"rule", "half_connected", Severity::warning, "The hub forwards nothing to a spoke",
     "It is not asked for new values."},
    {"target", "half_connected", Severity::warning, "A forwarding target is not as it should be",
     "Connecting again repairs it."},
    {kUpToDateCheck, "out_of_date", Severity::critical, "What is shown is not up to date",
     "It goes on by itself when the reason is mended."},
    {"role", "half_connected", Severity::warning, "Forwarding lacks its role",
     "Connecting again repairs it."},
};

/// "churn/dev, churn/prod", or the account's id when nothing is registered.
std::string describe_spoke(const HubPicture& picture, const std::string& account) {
    std::string names;
    for (const auto& registration : picture.registrations) {
        if (registration.account.text() != account) continue;
        names += fmt::format("{}{}/{}", names.empty() ? "" : ", ", registration.project_name,
                             registration.environment);
    }
    return names.empty() ? account : names;
}

SeriesKey about_spoke(const HubPicture& picture, const std::string& account) {
    SeriesKey about{
        .metric_name = {}, .project_name = {}, .environment = {}, .account_id = account};
    for (const auto& registration : picture.registrations) {
        if (registration.account.text() != account) continue;
        about.project_name = registration.project_name;
        about.environment = registration.environment;
        break;
    }
    return about;
}

/// The first command that mends something of the account, or what that check found.
std::string command_for(const Findings& findings, const std::string& account,
                        std::string_view check = {}) {
    for (const auto& finding : findings) {
        if (finding.account.text() == account && finding.state == Finding::State::wrong &&
            (check.empty() || finding.check == check) && !finding.command.empty()) {
            return finding.command;
        }
    }
    return {};
}

void add_quiet_spokes(const HubPicture& picture, const Findings& findings, Items& items) {
    for (const auto& spoke : picture.spokes()) {
        if (spoke.state == SeriesState::fresh) continue;
        const bool silent = spoke.state == SeriesState::silent;
        const auto name = describe_spoke(picture, spoke.account_id);
        const auto& last = spoke.last_event;
        items.push_back(
            {.severity = silent ? Severity::critical : Severity::warning,
             .kind = silent ? "silent_spoke" : "late_spoke",
             .title = fmt::format("{} is {}", name, silent ? "silent" : "late"),
             .detail = last ? fmt::format("Account {} was last heard of {} ago.", spoke.account_id,
                                          format_age(picture.expectations.now - *last))
                            : fmt::format("Nothing ever came from account {}.", spoke.account_id),
             .advice = "Fetch now; when nothing comes, look whether the spoke's stack is deployed "
                       "and connected.",
             .command = command_for(findings, spoke.account_id),
             .about = about_spoke(picture, spoke.account_id)});
    }
}

/// One item for all accounts in which a metric fails for the same reason.
void add_failing_metrics(const HubPicture& picture, const Findings& findings, Items& items) {
    std::map<std::pair<std::string_view, std::string_view>, std::vector<const SeriesStanding*>>
        failures;
    for (const auto& one : picture.series) {
        if (one.state != SeriesState::failed) continue;
        failures[{one.series.metric_name, one.reason}].push_back(&one);
    }
    for (const auto& [what, where] : failures) {
        const auto& [metric, reason] = what;
        const auto& first = where.front()->series;
        const auto place = where.size() == 1
                               ? fmt::format("in {}/{}", first.project_name, first.environment)
                               : fmt::format("in {} accounts, {}/{} first", where.size(),
                                             first.project_name, first.environment);
        items.push_back({.severity = Severity::critical,
                         .kind = "failing_metric",
                         .title = fmt::format("{} fails {}", metric, place),
                         .detail = std::string(reason),
                         .advice = "Mend the reason in the spoke; the next extraction clears this.",
                         .command = command_for(findings, first.account_id, "report"),
                         .about = first});
    }
}

void add_findings(const HubPicture& picture, const Findings& findings, Items& items) {
    for (const auto& finding : findings) {
        if (finding.state != Finding::State::wrong) continue;
        const auto* const kind =
            std::ranges::find(kFindingKinds, finding.check, &FindingKind::check);
        if (kind == std::end(kFindingKinds)) continue;
        const auto account = finding.account.text();
        items.push_back(
            {.severity = kind->severity,
             .kind = kind->kind,
             .title = fmt::format("{}: {}", kind->title, describe_spoke(picture, account)),
             .detail = finding.message,
             .advice = std::string(kind->advice),
             .command = finding.command,
             .about = about_spoke(picture, account)});
    }
}

const SeriesStanding* find_standing(const HubPicture& picture, const SeriesKey& series) {
    const auto found =
        std::ranges::lower_bound(picture.series, series, {}, &SeriesStanding::series);
    return found != picture.series.end() && found->series == series ? &*found : nullptr;
}

void add_sudden_drops(const HubPicture& picture, const std::vector<SeriesTrend>& trends,
                      Items& items) {
    for (const auto& trend : trends) {
        const auto* const standing = find_standing(picture, trend.series);
        if (standing == nullptr || standing->state != SeriesState::fresh) continue;
        const double now = standing->latest->value.to_double();
        const auto drop = sudden_drop(trend, now);
        if (!drop) continue;
        items.push_back(
            {.severity = Severity::warning,
             .kind = "sudden_drop",
             .title = fmt::format("{} of {}/{} fell by {:.0f} %", trend.series.metric_name,
                                  trend.series.project_name, trend.series.environment, *drop * 100),
             .detail = fmt::format("It was {:g} a day ago and is {:g} now.", *trend.day_ago, now),
             .advice = "Look at its history: did the project change, or does something not run?",
             .command = {},
             .about = trend.series});
    }
}

std::optional<double> newest_value(const SeriesTrend& trend) {
    for (std::size_t back = trend.last.size(); back > 0; --back) {
        if (trend.last[back - 1]) return trend.last[back - 1];
    }
    return std::nullopt;
}

/// Whether a metric beside `endpoints` tells of training, and all that do tell of none.
bool trains_nothing(const std::vector<SeriesTrend>& trends, SeriesKey beside) {
    bool known = false;
    for (const auto& [metric, is_total] : kTrainingMetrics) {
        beside.metric_name = metric;
        const auto found = std::ranges::lower_bound(trends, beside, {}, &SeriesTrend::series);
        if (found == trends.end() || found->series != beside) continue;
        const auto newest = newest_value(*found);
        if (!newest) continue;
        if (days_at(*found, is_total ? *newest : 0.0) < kIdleDays) return false;
        known = true;
    }
    return known;
}

void add_idle_endpoints(const HubPicture& picture, const std::vector<SeriesTrend>& trends,
                        Items& items) {
    for (const auto& one : picture.series) {
        if (one.series.metric_name != kEndpointsMetric || !one.latest) continue;
        const double serving = one.latest->value.to_double();
        if (serving <= 0 || !trains_nothing(trends, one.series)) continue;
        items.push_back(
            {.severity = Severity::notice,
             .kind = "idle_endpoints",
             .title = fmt::format("{}/{} serves and does not train", one.series.project_name,
                                  one.series.environment),
             .detail = fmt::format("{:g} in service, and no training job completed for {} days or "
                                   "more.",
                                   serving, kIdleDays),
             .advice = "Is the model still wanted? An endpoint costs money while it is in service.",
             .command = {},
             .about = one.series});
    }
}

}  // namespace

std::string_view severity_name(Severity severity) {
    switch (severity) {
        case Severity::critical:
            return "critical";
        case Severity::warning:
            return "warning";
        case Severity::notice:
            break;
    }
    return "notice";
}

Items find_attention(const HubPicture& picture, const Findings& findings,
                     const std::vector<SeriesTrend>& trends) {
    Items items;
    add_quiet_spokes(picture, findings, items);
    add_failing_metrics(picture, findings, items);
    add_findings(picture, findings, items);
    add_sudden_drops(picture, trends, items);
    add_idle_endpoints(picture, trends, items);
    std::ranges::stable_sort(items, {}, &AttentionItem::severity);
    return items;
}

}  // namespace dsdash::dashboard
