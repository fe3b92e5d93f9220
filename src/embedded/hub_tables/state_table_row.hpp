#pragma once

#include "embedded/storage/sqlite.hpp"
#include "services/hub_state.hpp"

namespace dsdash::embedded {

/// The report's metrics as JSON: ["a", "b"].
[[nodiscard]] std::string metrics_json(const ExtractionReport& report);
/// The report's failures as JSON: [{"MetricName": …, "Reason": …}].
[[nodiscard]] std::string failures_json(const ExtractionReport& report);

/// Rows of account_id, project_name, environment, fetch_id, ts, metrics, failures, duration_ms.
/// internal when somebody else wrote what is no report; likewise below.
Result<std::vector<ExtractionReport>> read_reports(Rows rows);
/// Rows of account_id, ping_id, ping_ts, ts.
Result<std::vector<Pong>> read_pongs(Rows rows);
/// Rows of event, reason, ts.
Result<std::vector<QuarantinedEvent>> read_quarantined(Rows rows);

}  // namespace dsdash::embedded
