#pragma once

#include "dashboard/api.hpp"
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

    [[nodiscard]] std::vector<SpokeStanding> spokes() const;
};

/// Of the hub with that id; not_found when there is none.
Result<HubPicture> read_hub_picture(const ApiContext& context, const AccountId& id);
/// Of the hub that the parameter `hub` names.
Result<HubPicture> read_hub_picture(const ApiContext& context, const QueryParameters& query);

/// The hub's dead letters, or of them those of accounts in the picture for who may not see all.
Result<std::vector<DeadLetter>> read_dead_letters(const ApiContext& context,
                                                  const HubPicture& picture);
/// The same of what doctor finds.
Result<doctor::Findings> read_findings(const ApiContext& context, const HubPicture& picture);

}  // namespace dsdash::dashboard
