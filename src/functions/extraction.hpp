#pragma once

#include "functions/services.hpp"

namespace dsdash::functions {

/// ds-dashboard-metric-extraction: computes each deployed metric, puts one event for each, then the
/// extraction_report. A metric that fails, runs out of time or whose event is refused is named in
/// the report with the reason and does not touch the others. A ping is answered with a pong; a
/// metric event starts nothing.
///
/// Answers {"FetchId","Metrics":[{"MetricName","MetricValue","ExtractionDate","EventId"}],
/// "Failures":[{"MetricName","Reason"}],"DurationMs"}, {"PingId"} or {"Ignored": true}; an error
/// when the report itself could not be put.
Result<json::object> run_extraction(std::string_view payload, Services& services);

}  // namespace dsdash::functions
