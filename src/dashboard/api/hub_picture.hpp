#pragma once

#include <set>

#include "dashboard/api/api.hpp"
#include "services/series_standing.hpp"

namespace dsdash::dashboard {

/// A hub as several resources show it to the one who asks: its series and spokes, and how they
/// stand now. What belongs to projects that may not be seen is not in it.
struct HubPicture {
    Hub hub;
    Expectations expectations;
    std::vector<SeriesStanding> series;  ///< ordered by series
    std::vector<ExtractionReport> reports;
    std::vector<functions::Registration> registrations;
    /// That belong to projects that may not be seen, too, as the hub does: what is known of such an
    /// account as a whole may name those projects.
    std::set<std::string> shared_accounts = {};

    [[nodiscard]] std::vector<SpokeStanding> spokes() const;
};

/// Of the hub with that id; not_found when there is none.
Result<HubPicture> read_hub_picture(const ApiContext& context, const AccountId& id);
/// Of the hub that the parameter `hub` names.
Result<HubPicture> read_hub_picture(const ApiContext& context, const QueryParameters& query);

/// The hub's dead letters; for who may not see all, those of spokes in the picture that are not
/// shared.
Result<std::vector<DeadLetter>> read_dead_letters(const ApiContext& context,
                                                  const HubPicture& picture);
/// What doctor finds about the hub and its spokes; for who may not see all, about spokes in the
/// picture, and about shared ones how they are connected only.
Result<doctor::Findings> read_findings(const ApiContext& context, const HubPicture& picture);

/// Whether it says that events can go to a spoke and come back, or cannot.
[[nodiscard]] bool is_about_connection(const doctor::Finding& finding);

}  // namespace dsdash::dashboard
