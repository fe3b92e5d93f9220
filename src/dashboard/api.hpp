#pragma once

#include <span>
#include <string_view>

#include "dashboard/hub_directory.hpp"
#include "dashboard/query_parameters.hpp"
#include "domain/json.hpp"
#include "services/clock.hpp"

namespace dsdash::dashboard {

/// What an answer of the query API is made from.
struct ApiContext {
    HubDirectory& hubs;
    const Clock& clock;
    std::string_view data_folder;  ///< absolute
};

/// One resource of the query API: one of these a file. Exact decimals stand as strings in the JSON;
/// a number beside them is for plots.
struct ApiResource {
    std::string_view path;
    std::span<const std::string_view> parameters;  ///< names that its query may have
    Result<json::object> (*get)(const ApiContext& context, const QueryParameters& query);
};

/// {"hubs":[{"account_id","name","region"}],"data_folder"}: the page prints commands with the
/// latter
const ApiResource& hubs_resource();

/// The newest value of every series of a hub, and the newest report of every spoke:
/// {"hub":{…},"records":[{"project_name","environment","account_id","metric_name",
/// "extraction_date","value","number"}],"reports":[{"account_id","project_name","environment",
/// "date","metrics":[…],"failures":[{"metric_name","reason"}],"duration_ms"}]}
const ApiResource& latest_resource();

/// One series over time (from inclusive, to exclusive), as columns of equal length, since a plot
/// draws columns: {"from","to","time":[epoch seconds],"min":[…],"max":[…],"mean":[…],"last":[…],
/// "count":[…]}. Without `to` it ends now, without `from` it starts 30 days before its end.
const ApiResource& history_resource();

}  // namespace dsdash::dashboard
