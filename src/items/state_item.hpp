#pragma once

#include <array>

#include "domain/metric_record.hpp"
#include "domain/series_state.hpp"
#include "items/item.hpp"
#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

/// The items of ds-dashboard-hub-state (docs/architecture.md): StateKey, SortKey and what each kind
/// tells.
namespace dsdash::items {

inline constexpr std::string_view kLatestKey = "latest";
inline constexpr std::string_view kPongKey = "pong";
inline constexpr std::string_view kQuarantineKey = "quarantine";
inline constexpr std::string_view kReportKey = "report";

/// "<project>#<environment>#<account>#<metric>"; "#" and "%" within a name as "%23" and "%25".
[[nodiscard]] std::string series_sort_key(const SeriesKey& series);

/// Of a latest item: when the records before the latest came, newest first.
inline constexpr std::array<std::string_view, kPreviousDatesMax> kPreviousDates{
    "PreviousDate1", "PreviousDate2", "PreviousDate3", "PreviousDate4", "PreviousDate5"};

/// SortKey: that of the series; kPreviousDates, null where they are not known. Otherwise as the
/// record's own item.
[[nodiscard]] Item latest_item(const LatestRecord& latest);
/// SortKey: the event's id.
[[nodiscard]] Item quarantine_item(const QuarantinedEvent& event);
/// SortKey: the account's id.
[[nodiscard]] Item pong_item(const Pong& pong);
/// SortKey: the account's id.
[[nodiscard]] Item report_item(const ExtractionReport& report);

/// As record_of; of kPreviousDates those before the first that is absent or no date.
Result<LatestRecord> latest_of(const Item& item);
/// The report in such an item; what is absent reads as empty, but malformed_input without AccountId
/// or ReportDate.
Result<ExtractionReport> report_of(const Item& item);
/// malformed_input when Event is no event, or without QuarantineDate.
Result<QuarantinedEvent> quarantined_of(const Item& item);
/// As report_of: malformed_input without AccountId, PingDate or PongDate.
Result<Pong> pong_of(const Item& item);

}  // namespace dsdash::items
