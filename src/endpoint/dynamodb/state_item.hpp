#pragma once

#include "domain/metric_record.hpp"
#include "endpoint/dynamodb/attribute_value.hpp"
#include "services/hub_state.hpp"

/// The items of ds-dashboard-hub-state (docs/architecture.md): StateKey, SortKey and what each kind
/// tells.
namespace dsdash::endpoint::dynamodb {

inline constexpr std::string_view kLatestKey = "latest";
inline constexpr std::string_view kQuarantineKey = "quarantine";
inline constexpr std::string_view kReportKey = "report";

/// SortKey "<project>#<environment>#<account>#<metric>".
[[nodiscard]] Item latest_item(const MetricRecord& record);
/// SortKey: the event's id.
[[nodiscard]] Item quarantine_item(const QuarantinedEvent& event);
/// SortKey: the account's id.
[[nodiscard]] Item report_item(const ExtractionReport& report);

}  // namespace dsdash::endpoint::dynamodb
