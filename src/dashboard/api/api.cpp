#include "dashboard/api/api.hpp"

namespace dsdash::dashboard {

std::span<const ApiResource* const> api_resources() {
    static const ApiResource* const kResources[] = {
        &attention_resource(), &history_resource(),  &hubs_resource(),    &latest_resource(),
        &metrics_resource(),   &overview_resource(), &refresh_resource(), &samples_resource(),
        &spokes_resource(),    &trends_resource(),
    };
    return kResources;
}

}  // namespace dsdash::dashboard
