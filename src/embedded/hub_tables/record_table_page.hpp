#pragma once

#include "embedded/hub_tables/record_table.hpp"

namespace dsdash::embedded {

/// The reads of RecordTable that page through records in the order of a key.
Result<std::optional<MetricRecord>> find_record(Database& database, const RecordKey& key);
Result<std::vector<MetricRecord>> page_by_metric(Database& database, std::int64_t metric_id,
                                                 const RecordRange& range);
/// A record by its place in a project: date, then metric.
struct ProjectPosition {
    TimePoint date;
    std::int64_t metric_id;
};
Result<std::vector<MetricRecord>> page_by_project(Database& database, std::int64_t project_id,
                                                  const RecordRange& range,
                                                  const std::optional<ProjectPosition>& after);
Result<std::vector<MetricRecord>> scan_records(Database& database,
                                               const std::optional<RecordKey>& after,
                                               const ScanSegment& segment, std::size_t limit);

}  // namespace dsdash::embedded
