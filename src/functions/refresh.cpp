#include "functions/refresh.hpp"

#include "domain/contract.hpp"
#include "functions/registrations.hpp"

namespace dsdash::functions {

namespace {

json::array list_spokes(const std::vector<Registration>& registrations) {
    json::array spokes;
    for (const auto& registration : registrations) {
        spokes.push_back({{"AccountId", registration.account.text()},
                          {"ProjectName", registration.project_name},
                          {"Environment", registration.environment}});
    }
    return spokes;
}

}  // namespace

Result<json::object> run_refresh(std::string_view payload, Services& services) {
    if (const auto parsed = parse_json_object(payload); !parsed) {
        return std::unexpected(parsed.error());
    }
    const auto registrations = read_registrations(services.parameters);
    if (!registrations) return std::unexpected(registrations.error());

    const auto fetch_id = services.uuids.next();
    const auto fetch_date = services.clock.now();
    const EventEntry fetch{.source = std::string(contract::kFetchSource),
                           .detail_type = std::string(contract::kFetchDetailType),
                           .detail = json::serialize(json::object{{"FetchId", fetch_id}}),
                           .resources = {},
                           .time = std::nullopt};
    const auto put = services.bus.put_events({&fetch, 1}).front();
    if (!put) return std::unexpected(put.error());
    return json::object{{"FetchId", fetch_id},
                        {"FetchDate", format_extraction_date(fetch_date)},
                        {"EventId", *put},
                        {"Spokes", list_spokes(registrations->valid)}};
}

}  // namespace dsdash::functions
