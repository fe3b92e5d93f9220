#pragma once

#include <string>

#include "domain/contract.hpp"

namespace dsdash::aws {

/// What a hub's two tables are called in its account.
struct HubTableNames {
    std::string records{contract::kHubTable};
    std::string state{contract::kHubStateTable};
};

}  // namespace dsdash::aws
