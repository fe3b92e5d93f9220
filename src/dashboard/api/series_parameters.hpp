#pragma once

#include <chrono>

#include "dashboard/api/query_parameters.hpp"
#include "domain/metric_record.hpp"

namespace dsdash::dashboard {

/// The series and the stretch of time that a request is about: `metric`, `project`, `environment`,
/// `account` (of none when absent), `from`, `to`.
struct SeriesSpan {
    SeriesKey series;
    TimePoint from;
    TimePoint to;
};

/// Without `to` it ends now, without `from` it starts `default_span` before its end.
Result<SeriesSpan> read_series_span(const QueryParameters& query, TimePoint now,
                                    std::chrono::microseconds default_span);

}  // namespace dsdash::dashboard
