#pragma once

#include <vector>

#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

namespace dsdash::doctor {

/// What a hub has stored of its spokes, for reading. not_found: the account has no hub's tables.
class HubRecords {
  public:
    virtual ~HubRecords() = default;
    /// The newest record of every series.
    virtual Result<std::vector<LatestRecord>> latest() = 0;
    /// The newest report of each account.
    virtual Result<std::vector<ExtractionReport>> reports() = 0;
    /// The answer of each account to its latest ping.
    virtual Result<std::vector<Pong>> pongs() = 0;
    /// At most `events_max` of the quarantined events, in no order that matters.
    virtual Result<std::vector<QuarantinedEvent>> quarantined(std::size_t events_max) = 0;
};

}  // namespace dsdash::doctor
