#include "dashboard/api/api.hpp"
#include "dashboard/api/hub_json.hpp"

namespace dsdash::dashboard {

namespace {

Result<json::object> get_hubs(const ApiContext& context, const QueryParameters&) {
    const auto hubs = context.hubs.hubs();
    if (!hubs) return std::unexpected(hubs.error());
    json::array list;
    for (const HubSummary& hub : *hubs) list.emplace_back(hub_json(hub));
    return json::object{{"hubs", std::move(list)},
                        {"data_folder", context.data_folder},
                        {"role", role_name(context.access.role)}};
}

}  // namespace

const ApiResource& hubs_resource() {
    static constexpr ApiResource kResource{"/api/v1/hubs", {}, serialized<get_hubs>};
    return kResource;
}

}  // namespace dsdash::dashboard
