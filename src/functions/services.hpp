#pragma once

#include <map>
#include <string>

#include "services/aws_api.hpp"
#include "services/clock.hpp"
#include "services/event_bus.hpp"
#include "services/hub_state.hpp"
#include "services/metric_table.hpp"
#include "services/parameter_store.hpp"
#include "services/uuid.hpp"

namespace dsdash::functions {

using Environment = std::map<std::string, std::string>;

/// All that a function may use while it runs, on whichever home. Lifetime: the invocation's.
struct Services {
    AwsApi& aws;  ///< as the function's role
    ParameterStore& parameters;
    EventBus& bus;
    MetricTable& metric_table;
    HubState& hub_state;
    const Clock& clock;
    UuidSource& uuids;
    const Environment& environment;
    TimePoint deadline;  ///< when the home stops the function
};

}  // namespace dsdash::functions
