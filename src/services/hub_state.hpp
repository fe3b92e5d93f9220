#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.hpp"

namespace dsdash {

struct MetricFailure {
    std::string metric_name;
    std::string reason;
};

/// What a spoke said at the end of an extraction: the newest report of each account.
struct ExtractionReport {
    std::string account_id;
    std::string project_name;
    std::string environment;
    std::string fetch_id;  ///< of the fetch event that asked for it; may be empty
    TimePoint time;
    std::vector<std::string> metrics;  ///< configured in that spoke
    std::vector<MetricFailure> failures;
    std::int64_t duration_ms = 0;
};

/// A spoke's answer to a ping: the newest of each account.
struct Pong {
    std::string account_id;
    std::string ping_id;  ///< may be empty
    TimePoint ping_date;  ///< when it was asked, by the asker's clock
    TimePoint date;       ///< when the answer reached the hub
};

/// A metric event that was not stored, and why.
struct QuarantinedEvent {
    Event event;
    std::string reason;
    TimePoint time;
};

/// ds-dashboard-hub-state: what a hub knows beside the metric values. As a DynamoDB table its
/// partition key is StateKey ("latest", "report", "quarantine", "pong"), its sort key SortKey.
class HubState {
  public:
    virtual ~HubState() = default;
    /// Keeps the report unless a newer one of that account is there. Idempotent.
    virtual Result<void> put_report(const ExtractionReport& report) = 0;
    virtual Result<std::vector<ExtractionReport>> reports() = 0;
    /// Keeps the pong unless that account has answered a later ping. Idempotent.
    virtual Result<void> put_pong(const Pong& pong) = 0;
    virtual Result<std::vector<Pong>> pongs() = 0;
    /// Keeps the event by its id; the same event again changes nothing.
    virtual Result<void> quarantine(const QuarantinedEvent& event) = 0;
};

}  // namespace dsdash
