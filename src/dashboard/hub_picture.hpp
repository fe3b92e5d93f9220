#pragma once

#include "dashboard/api.hpp"
#include "services/series_standing.hpp"

namespace dsdash::dashboard {

/// A hub as several resources show it: its series and spokes, and how they stand now.
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

}  // namespace dsdash::dashboard
