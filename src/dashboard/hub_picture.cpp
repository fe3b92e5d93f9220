#include "dashboard/hub_picture.hpp"

namespace dsdash::dashboard {

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

    const Expectations expectations{.now = context.clock.now(),
                                    .refresh_interval = hub->refresh_interval};
    auto series = judge_series(*std::move(latest), *reports, expectations);
    return HubPicture{.hub = *std::move(hub),
                      .expectations = expectations,
                      .series = std::move(series),
                      .reports = *std::move(reports),
                      .registrations = *std::move(registrations)};
}

}  // namespace dsdash::dashboard
