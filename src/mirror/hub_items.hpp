#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mirror/skipped_items.hpp"
#include "services/aws_api.hpp"
#include "services/hub_state.hpp"
#include "services/metric_table.hpp"

namespace dsdash::mirror {

/// What one Query of the metric table answered.
struct RecordPage {
    std::vector<MetricRecord> records;  ///< in the order of the query
    /// The key behind which the next page begins (DynamoDB's JSON); empty: this was the last one.
    std::string next_key;
};

/// Reads the hub's two tables with DynamoDB's Query, which is the only permission that it needs.
/// What is no item of its kind is noted and left out: nobody's mistake hides everybody's values.
/// Errors are the AwsApi's; not_found says that the account is no hub. As AwsApi, for one thread.
class HubItems {
  public:
    HubItems(AwsApi& api, SkippedItems& skipped) : api_(api), skipped_(skipped) {}

    Result<std::vector<LatestRecord>> latest();
    Result<std::vector<ExtractionReport>> reports();
    Result<std::vector<Pong>> pongs();
    /// The first `events_max` by their ids.
    Result<std::vector<QuarantinedEvent>> quarantined(std::size_t events_max);

    /// One page of a metric's records from its newest backwards, behind `key` unless it is empty.
    Result<RecordPage> backwards(std::string_view metric_name, const std::string& key);
    /// One page of a metric's records from the date `from` (inclusive) on.
    Result<RecordPage> forwards(std::string_view metric_name, TimePoint from,
                                const std::string& key);

  private:
    template <class T>
    Result<std::vector<T>> state_items(std::string_view state_key,
                                       Result<T> (*read_one)(const json::object&),
                                       std::size_t items_max);
    Result<RecordPage> page(json::object query, const std::string& key);

    AwsApi& api_;
    SkippedItems& skipped_;
};

}  // namespace dsdash::mirror
