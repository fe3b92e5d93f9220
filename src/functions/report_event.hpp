#pragma once

#include "domain/event.hpp"
#include "services/hub_state.hpp"

namespace dsdash::functions {

/// The event that ends an extraction: source ds-dashboard, detail-type extraction_report.
[[nodiscard]] EventEntry make_report_event(const ExtractionReport& report);

[[nodiscard]] bool is_report_event(const Event& event);

/// The report in such an event, of the account that the envelope names; malformed_input naming the
/// field.
Result<ExtractionReport> parse_report_event(const Event& event);

}  // namespace dsdash::functions
