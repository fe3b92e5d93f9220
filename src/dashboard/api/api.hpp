#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dashboard/access/access.hpp"
#include "dashboard/api/fetch_log.hpp"
#include "dashboard/api/query_parameters.hpp"
#include "dashboard/hub_directory.hpp"
#include "domain/json.hpp"
#include "services/clock.hpp"

namespace dsdash::dashboard {

/// What an answer of the query API is made from.
struct ApiContext {
    HubDirectory& hubs;
    FetchLog& fetches;
    const Clock& clock;
    std::string_view data_folder;  ///< absolute
    const Access& access;          ///< what the one who asks may see
};

/// One resource of the query API: one of these a file. Exact decimals stand as strings in the JSON;
/// a number beside them is for plots.
struct ApiResource {
    std::string_view path;
    std::span<const std::string_view> parameters;  ///< names that its query may have
    /// Its JSON text.
    Result<std::string> (*get)(const ApiContext& context, const QueryParameters& query);
    /// Of a resource that can be told to do something: answered with 202 (Accepted).
    Result<json::object> (*post)(const ApiContext& context, const json::object& body) = nullptr;
};

/// An ApiResource's `get` from one that answers with an object: for all that is not as large as a
/// fleet.
template <Result<json::object> (*Get)(const ApiContext&, const QueryParameters&)>
Result<std::string> serialized(const ApiContext& context, const QueryParameters& query) {
    const auto answer = Get(context, query);
    if (!answer) return std::unexpected(answer.error());
    return json::serialize(*answer);
}

/// All of them, by path.
[[nodiscard]] std::span<const ApiResource* const> api_resources();

/// Every hub, the folder for the commands that the page prints, and the role of the one who asks.
const ApiResource& hubs_resource();

/// Every series of a hub, how it stands and its newest value, and the newest report of every spoke.
const ApiResource& latest_resource();

/// What the page's header counts.
const ApiResource& overview_resource();

/// The last 31 days of every series of a project.
const ApiResource& trends_resource();

/// One series over time (from inclusive, to exclusive), as columns of equal length, since a plot
/// draws columns. Without `to` it ends now, without `from` it starts 30 days before its end.
const ApiResource& history_resource();

/// Single records of one series, newest first.
const ApiResource& samples_resource();

/// The spokes of a hub, how they are connected, and which command mends what is wrong.
const ApiResource& spokes_resource();

/// What somebody should look at, the worst first.
const ApiResource& attention_resource();

/// The catalogue of metrics.
const ApiResource& metrics_resource();

/// Asks every spoke for new values (POST), and tells who has answered (GET).
const ApiResource& refresh_resource();

}  // namespace dsdash::dashboard
