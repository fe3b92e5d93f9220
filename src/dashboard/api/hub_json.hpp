#pragma once

#include "dashboard/hub_directory.hpp"
#include "domain/json.hpp"

namespace dsdash::dashboard {

/// {"account_id","name","region"}
[[nodiscard]] inline json::object hub_json(const HubSummary& hub) {
    return {{"account_id", hub.id.text()}, {"name", hub.name}, {"region", hub.region.text()}};
}

}  // namespace dsdash::dashboard
