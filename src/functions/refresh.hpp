#pragma once

#include "functions/services.hpp"

namespace dsdash::functions {

/// ds-dashboard-fetch-new-data: asks every spoke for fresh values by putting the fetch event on the
/// hub's own bus. Any payload will do. Answers {"FetchId","FetchDate","EventId","Spokes":
/// [{"AccountId","ProjectName","Environment"}]}: who is expected to report.
Result<json::object> run_refresh(std::string_view payload, Services& services);

}  // namespace dsdash::functions
