#include "dashboard/api/hub_picture.hpp"

#include <algorithm>
#include <array>

#include "domain/arn.hpp"

namespace dsdash::dashboard {

namespace {

/// The checks that say whether events can go to a spoke and come back (docs/doctor.md).
constexpr std::array<std::string_view, 5> kConnectionChecks{"permission", "permission there",
                                                            "rule", "target", "role"};

std::set<std::string> accounts_of(const HubPicture& picture) {
    std::set<std::string> accounts;
    for (const auto& spoke : picture.spokes()) accounts.insert(spoke.account_id);
    return accounts;
}

/// The spoke that a dead letter came from or, when the hub sent it, should have gone to.
std::string spoke_of(const DeadLetter& letter, const AccountId& hub) {
    if (letter.account != hub.text()) return letter.account;
    const auto target = Arn::parse(letter.target_arn);
    return target ? target->account : std::string();
}

/// Takes out what may not be seen, and adds the accounts that it belongs to.
template <class T, class ProjectOf, class AccountOf>
void hide(const Access& access, std::vector<T>& all, ProjectOf project_of, AccountOf account_of,
          std::set<std::string>& accounts) {
    std::erase_if(all, [&](const T& one) {
        if (access.may_see(project_of(one))) return false;
        accounts.insert(account_of(one));
        return true;
    });
}

}  // namespace

std::vector<SpokeStanding> HubPicture::spokes() const {
    std::vector<std::string> registered;
    registered.reserve(registrations.size());
    for (const auto& registration : registrations)
        registered.push_back(registration.account.text());
    return judge_spokes(series, reports, registered, expectations);
}

Result<HubPicture> read_hub_picture(const ApiContext& context, const QueryParameters& query) {
    const auto id = query.required_account("hub");
    if (!id) return std::unexpected(id.error());
    return read_hub_picture(context, *id);
}

Result<HubPicture> read_hub_picture(const ApiContext& context, const AccountId& id) {
    auto hub = context.hubs.find(id);
    if (!hub) return std::unexpected(std::move(hub.error()));
    auto latest = hub->metric_table.latest();
    if (!latest) return std::unexpected(std::move(latest.error()));
    auto reports = hub->state.reports();
    if (!reports) return std::unexpected(std::move(reports.error()));
    auto registrations = context.hubs.registrations(id);
    if (!registrations) return std::unexpected(std::move(registrations.error()));

    const auto& access = context.access;
    std::set<std::string> shared;
    if (access.projects) shared.insert(id.text());
    hide(
        access, *latest, [](const auto& record) { return record.series.project_name; },
        [](const auto& record) { return record.series.account_id; }, shared);
    hide(
        access, *reports, [](const auto& report) { return report.project_name; },
        [](const auto& report) { return report.account_id; }, shared);
    hide(
        access, *registrations, [](const auto& registration) { return registration.project_name; },
        [](const auto& registration) { return registration.account.text(); }, shared);

    const Expectations expectations{.now = context.clock.now(),
                                    .refresh_interval = hub->refresh_interval};
    auto series = judge_series(*std::move(latest), *reports, expectations);
    return HubPicture{.hub = *std::move(hub),
                      .expectations = expectations,
                      .series = std::move(series),
                      .reports = *std::move(reports),
                      .registrations = *std::move(registrations),
                      .shared_accounts = std::move(shared)};
}

Result<std::vector<DeadLetter>> read_dead_letters(const ApiContext& context,
                                                  const HubPicture& picture) {
    auto letters = context.hubs.dead_letters(picture.hub.summary.id);
    if (!letters || !context.access.projects) return letters;
    const auto accounts = accounts_of(picture);
    std::erase_if(*letters, [&](const DeadLetter& letter) {
        const auto spoke = spoke_of(letter, picture.hub.summary.id);
        return !accounts.contains(spoke) || picture.shared_accounts.contains(spoke);
    });
    return letters;
}

bool is_about_connection(const doctor::Finding& finding) {
    return std::ranges::find(kConnectionChecks, finding.check) != kConnectionChecks.end();
}

Result<doctor::Findings> read_findings(const ApiContext& context, const HubPicture& picture) {
    auto findings = context.hubs.examine(picture.hub.summary.id);
    if (!findings || !context.access.projects) return findings;
    const auto accounts = accounts_of(picture);
    // Everybody is to know that it is out of date; the reason may name other projects.
    for (auto& finding : *findings) {
        if (finding.check == kUpToDateCheck) finding.message = "the hub cannot be read now";
    }
    std::erase_if(*findings, [&](const doctor::Finding& finding) {
        if (finding.check == kUpToDateCheck) return false;
        const auto account = finding.account.text();
        if (!accounts.contains(account)) return true;
        return picture.shared_accounts.contains(account) && !is_about_connection(finding);
    });
    return findings;
}

}  // namespace dsdash::dashboard
