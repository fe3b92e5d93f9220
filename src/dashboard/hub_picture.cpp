#include "dashboard/hub_picture.hpp"

#include <set>

namespace dsdash::dashboard {

namespace {

std::set<std::string> accounts_of(const HubPicture& picture) {
    std::set<std::string> accounts;
    for (const auto& spoke : picture.spokes()) accounts.insert(spoke.account_id);
    return accounts;
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
    std::erase_if(*latest, [&](const LatestRecord& record) {
        return !access.may_see(record.series.project_name);
    });
    std::erase_if(*reports, [&](const ExtractionReport& report) {
        return !access.may_see(report.project_name);
    });
    std::erase_if(*registrations, [&](const functions::Registration& registration) {
        return !access.may_see(registration.project_name);
    });

    const Expectations expectations{.now = context.clock.now(),
                                    .refresh_interval = hub->refresh_interval};
    auto series = judge_series(*std::move(latest), *reports, expectations);
    return HubPicture{.hub = *std::move(hub),
                      .expectations = expectations,
                      .series = std::move(series),
                      .reports = *std::move(reports),
                      .registrations = *std::move(registrations)};
}

Result<std::vector<DeadLetter>> read_dead_letters(const ApiContext& context,
                                                  const HubPicture& picture) {
    auto letters = context.hubs.dead_letters(picture.hub.summary.id);
    if (!letters || !context.access.projects) return letters;
    const auto accounts = accounts_of(picture);
    std::erase_if(*letters,
                  [&](const DeadLetter& letter) { return !accounts.contains(letter.account); });
    return letters;
}

Result<doctor::Findings> read_findings(const ApiContext& context, const HubPicture& picture) {
    auto findings = context.hubs.examine(picture.hub.summary.id);
    if (!findings || !context.access.projects) return findings;
    const auto accounts = accounts_of(picture);
    std::erase_if(*findings, [&](const doctor::Finding& finding) {
        return !accounts.contains(finding.account.text());
    });
    return findings;
}

}  // namespace dsdash::dashboard
